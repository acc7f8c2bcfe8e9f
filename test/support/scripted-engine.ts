import { once } from 'node:events';

import type { EncodedImage } from '../../src/image/types.ts';
import type {
  Call,
  EditInput,
  Engine,
  ReflectInput,
  Reflection,
  ThinkInput,
  Thought,
} from '../../src/pipeline/types.ts';

/** What a scripted engine does, in data: the same script and inputs always play the same. */
export interface Script {
  readonly thought: Thought;
  /** Words that `think` and each `reflect` stream. */
  readonly words: readonly string[];
  readonly steps: number;
  /** One a round; asked for a round without one, the engine fails. */
  readonly reflections: readonly Reflection[];
  /** A call that never ends by itself: it waits for its signal. */
  readonly hangAt?: Stage;
  /** A call that throws. */
  readonly failAt?: Stage;
  /** A call that neither ends nor hears its signal. */
  readonly deafAt?: Stage;
}

export type Stage = `think` | `edit ${number}` | `reflect ${number}`;

export interface ScriptedEngine extends Engine {
  /** Inputs of all calls, in order. */
  readonly calls: { stage: Stage; input: ThinkInput | EditInput | ReflectInput }[];
  /** Generators that were started and have not been closed. */
  open(): number;
}

export class ScriptedFailure extends Error {}

/** An engine that plays a script, counts what it has open, and fails loudly past the script's end. */
export function scriptedEngine(script: Script): ScriptedEngine {
  const calls: ScriptedEngine['calls'] = [];
  let open = 0;
  let edits = 0;

  async function reach(stage: Stage, { signal }: Call): Promise<void> {
    if (script.failAt === stage) throw new ScriptedFailure(stage);
    if (script.deafAt === stage) await new Promise(() => {});
    if (script.hangAt === stage && !signal.aborted) await once(signal, 'abort');
    signal.throwIfAborted();
  }

  async function* play<Step, Outcome>(
    stage: Stage,
    input: ThinkInput | EditInput | ReflectInput,
    call: Call,
    steps: readonly Step[],
    outcome: () => Outcome,
  ): AsyncGenerator<Step, Outcome> {
    calls.push({ stage, input });
    open += 1;
    try {
      for (const step of steps) {
        yield step;
        await Promise.resolve();
        call.signal.throwIfAborted();
      }
      await reach(stage, call);
      return outcome();
    } finally {
      open -= 1;
    }
  }

  return {
    name: 'scripted',
    capabilities: { seeded: true, previews: false, maxImages: 4, masks: false },
    calls,
    open: () => open,
    reasoner: {
      think: (input, call) => play('think', input, call, script.words, () => script.thought),
      reflect: (input, call) =>
        play(`reflect ${input.round}`, input, call, script.words, () => {
          const reflection = script.reflections[input.round - 1];
          if (!reflection) throw new Error(`The script has no reflection on round ${input.round}.`);
          return reflection;
        }),
    },
    editor: {
      edit: (input, call) => {
        edits += 1;
        const steps = Array.from({ length: script.steps }, (_, index) => ({
          step: index + 1,
          steps: script.steps,
        }));
        return play(`edit ${edits}`, input, call, steps, () => editedPicture(input));
      },
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** A picture whose bytes tell what it was made of, so that equal pictures mean equal histories. */
function editedPicture({ image, instruction, seed }: EditInput): EncodedImage {
  const before = Buffer.from(image.bytes).toString();
  return picture(`${before} > ${instruction} (${seed})`);
}

export const picture = (words: string): EncodedImage => ({
  bytes: Buffer.from(words),
  format: 'png',
  width: 1,
  height: 1,
});
