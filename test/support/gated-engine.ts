import { AppError } from '../../src/errors.ts';
import type { EncodedImage } from '../../src/image/types.ts';
import { untilAborted } from '../../src/image/until-aborted.ts';
import type { Call, Engine, Reflection, Thought } from '../../src/pipeline/types.ts';
import { picture } from './scripted-engine.ts';

/** What the engine does with a turn, whose prompt is this as JSON. */
export interface Play {
  /** Names the turn's places: `ann think`, `ann edit 1`, `ann reflect 1` and so on. */
  readonly name: string;
  /** Default `plan`. */
  readonly thought?: Thought['kind'];
  /** One a round, the last one for all that follow. Default success. */
  readonly verdicts?: readonly Reflection['verdict'][];
  /** Steps of each edit, and words of each thought and reflection. Default 2. */
  readonly steps?: number;
  readonly previews?: boolean;
}

export const promptOf = (play: Play): string => JSON.stringify(play);

/** An engine that plays any number of turns and can be held, failed and counted at each place. */
export class GatedEngine implements Engine {
  readonly capabilities = { seeded: true, previews: true, maxImages: 4, masks: false };
  /** Places in the order in which they were reached. */
  readonly reached: string[] = [];
  /** Called at each step of each call. */
  onStep: () => void = () => {};
  /** Calls that are open now, and the most there were. */
  open = 0;
  mostOpen = 0;
  readonly #gates = new Map<string, Gate>();
  readonly #arrivals = new Map<string, Gate>();
  readonly #failures = new Map<string, { error: Error; times: number }>();

  readonly name: string;

  constructor(name = 'gated') {
    this.name = name;
  }

  /** Keeps whoever comes to a place there. */
  hold(place: string): void {
    this.#gates.set(place, gate());
  }

  letGo(place: string): void {
    this.#gates.get(place)?.open();
    this.#gates.delete(place);
  }

  /** Resolves once somebody has come to a place. */
  arrivalAt(place: string): Promise<void> {
    return this.#arrival(place).opened;
  }

  failAt(place: string, error: Error, times = 1): void {
    this.#failures.set(place, { error, times });
  }

  readonly reasoner: Engine['reasoner'] = {
    think: ({ prompt }, call) => {
      const play: Play = JSON.parse(prompt);
      return this.#play(play, 'think', call, wordsOf(play), () => thoughtOf(play));
    },
    reflect: ({ prompt, round }, call) => {
      const play: Play = JSON.parse(prompt);
      const reflection = () => reflectionOf(play, round);
      return this.#play(play, `reflect ${round}`, call, wordsOf(play), reflection);
    },
  };

  readonly editor: Engine['editor'] = {
    edit: ({ image, instruction, seed }, call) => {
      const { play, round }: Instruction = JSON.parse(instruction);
      const preview = picture(`preview ${play.name} ${round}`);
      const steps = stepsOf(play).map((step, _index, { length }) => ({
        step,
        steps: length,
        ...(play.previews && { preview }),
      }));
      const before = Buffer.from(image.bytes).toString();
      const edited = () => picture(`${before} > ${play.name} ${round} (${seed})`);
      return this.#play(play, `edit ${round}`, call, steps, edited);
    },
  };

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  async *#play<Step, Outcome>(
    { name }: Play,
    stage: string,
    { signal }: Call,
    steps: readonly Step[],
    outcome: () => Outcome,
  ): AsyncGenerator<Step, Outcome> {
    const place = `${name} ${stage}`;
    this.open += 1;
    this.mostOpen = Math.max(this.mostOpen, this.open);
    try {
      this.reached.push(place);
      this.#arrival(place).open();
      for (const step of steps) {
        this.onStep();
        yield step;
        signal.throwIfAborted();
      }
      const held = this.#gates.get(place);
      if (held) await untilAborted(held.opened, signal);
      signal.throwIfAborted();
      this.#failIfTold(place);
      return outcome();
    } finally {
      this.open -= 1;
    }
  }

  #failIfTold(place: string): void {
    const failure = this.#failures.get(place);
    if (!failure || failure.times === 0) return;
    failure.times -= 1;
    throw failure.error;
  }

  #arrival(place: string): Gate {
    const arrival = this.#arrivals.get(place) ?? gate();
    this.#arrivals.set(place, arrival);
    return arrival;
  }
}

/** What a crash of an engine's process looks like. */
export const crash = (): AppError =>
  new AppError('ENGINE_CRASHED', 'The engine crashed; please try again.', { retryable: true });

interface Instruction {
  readonly play: Play;
  readonly round: number;
}

const instructionOf = (play: Play, round: number): string => JSON.stringify({ play, round });

function thoughtOf(play: Play): Thought {
  const { thought = 'plan' } = play;
  switch (thought) {
    case 'question':
      return { kind: 'question', text: 'Which one?' };
    case 'declined':
      return { kind: 'declined', text: 'That can not be done.', code: 'NOT_SUPPORTED' };
    case 'plan':
      return {
        kind: 'plan',
        reasoning: wordsOf(play).join(''),
        instruction: instructionOf(play, 1),
        base: 'latest',
      };
  }
  return thought satisfies never;
}

function reflectionOf(play: Play, round: number): Reflection {
  const verdicts = play.verdicts ?? [];
  const verdict = verdicts[round - 1] ?? verdicts.at(-1) ?? 'success';
  const score = { success: 9, refine: 5, revert: 2 }[verdict];
  const scores = { editSuccess: score, overEdit: score, naturalness: score, artifacts: score };
  const critique = wordsOf(play).join('');
  return verdict === 'success'
    ? { critique, scores, verdict }
    : { critique, scores, verdict, nextInstruction: instructionOf(play, round + 1) };
}

const stepsOf = ({ steps = 2 }: Play): number[] =>
  Array.from({ length: steps }, (_, index) => index + 1);

const wordsOf = (play: Play): string[] => stepsOf(play).map((step) => `word ${step} `);

export const SOURCE: EncodedImage = picture('source');
export const LATEST: EncodedImage = picture('latest');

interface Gate {
  readonly opened: Promise<void>;
  readonly open: () => void;
}

function gate(): Gate {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
