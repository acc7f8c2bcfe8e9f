import { onTestFinished } from 'vitest';

import { createEngine } from '../../../src/pipeline/engines/openai/index.ts';
import { reasonEdit } from '../../../src/pipeline/loop.ts';
import type { EncodedImage } from '../../../src/image/types.ts';
import type { EditEvent, EditRequest, EditResult, Engine } from '../../../src/pipeline/types.ts';
import type { Asked, QuestionName, Said } from './chat-server.ts';

interface Url {
  readonly url: string;
}

interface Parts {
  readonly reasoner?: Url & Record<string, unknown>;
  readonly editor?: Url & Record<string, unknown>;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** The engine on these servers, in this process; closed when the test is over. */
export async function openEngine({ reasoner, editor, options = {} }: Parts): Promise<Engine> {
  const engine = await createEngine({
    name: 'openai',
    options: {
      reasoner: { timeoutMs: 60_000, ...addressOf(reasoner) },
      editor: { timeoutMs: 60_000, megapixels: 1, previews: 0, ...addressOf(editor) },
      ...options,
    },
  });
  onTestFinished(() => engine[Symbol.asyncDispose]());
  return engine;
}

const TAKEN = new Set(['apiKey', 'model', 'timeoutMs', 'extra', 'megapixels', 'previews']);

/** Of a fake, or of settings, what the engine takes. */
function addressOf(server: (Url & Record<string, unknown>) | undefined): Record<string, unknown> {
  const { url = 'http://127.0.0.1:9/v1', ...rest } = server ?? {};
  const taken = Object.entries(rest).filter(([name]) => TAKEN.has(name));
  return { url, ...Object.fromEntries(taken) };
}

export const requestOn = (image: EncodedImage, part: Partial<EditRequest> = {}): EditRequest => ({
  prompt: 'add a red disc',
  source: image,
  latest: image,
  references: [],
  history: [],
  maxRounds: 3,
  seed: 7,
  ...part,
});

/** Plays a turn to its end. */
export async function play(
  engine: Engine,
  request: EditRequest,
  onEvent: (event: EditEvent) => void = () => {},
  signal: AbortSignal = new AbortController().signal,
): Promise<EditResult> {
  const turn = reasonEdit(engine, request, { signal });
  for (;;) {
    const next = await turn.next();
    if (next.done) return next.value;
    onEvent(next.value);
  }
}

export const PLAN = {
  reasoning: 'A lake. A disc is wanted.',
  decision: 'edit',
  text: 'Add a red disc in the middle.',
  base: 'latest',
  canvas: 'same',
} as const;

export const FINE = {
  reason: 'The disc is there.',
  meets_instruction: 'yes',
  major_conflicts: [],
  minor_conflicts: [],
  omissions: [],
  raw_score: 9.5,
} as const;

export const FLAWED = {
  ...FINE,
  reason: 'The disc is too small.',
  meets_instruction: 'partial',
  omissions: ['its size'],
  raw_score: 6,
} as const;

const ANSWERS: Readonly<Record<QuestionName, Said>> = {
  plan: PLAN,
  target: { target: 'A red disc in the middle; all else as it was.' },
  assessment: FINE,
  edit_scores: { edit_success: 9, over_edit: 9 },
  look_scores: { naturalness: 8, artifacts: 9 },
  conclusion: { reason: 'So it is.', verdict: 'success', instruction: '' },
};

/** A model that answers by a script: for each question its answers in turn, the last of them for good. */
export function scriptedModel(
  script: Partial<Record<QuestionName, readonly Said[]>> = {},
): (asked: Asked) => Said {
  const count = new Map<QuestionName, number>();
  return ({ name }) => {
    const answers = script[name] ?? [ANSWERS[name]];
    const index = count.get(name) ?? 0;
    count.set(name, index + 1);
    return answers[Math.min(index, answers.length - 1)] ?? ANSWERS[name];
  };
}
