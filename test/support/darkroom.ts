import type { EncodedImage } from '../../src/image/types.ts';
import { createEngine } from '../../src/pipeline/engines/darkroom/index.ts';
import { keepingEdit } from '../../src/pipeline/keep/keeping-edit.ts';
import { reasonEdit } from '../../src/pipeline/loop.ts';
import type { EditRequest, EditResult, Round } from '../../src/pipeline/types.ts';

/** Runs a whole turn on the darkroom, in this process, as the engine's own does. */
export async function develop(
  image: EncodedImage,
  prompt: string,
  more: Partial<EditRequest> = {},
): Promise<EditResult> {
  const engine = await createEngine({ name: 'darkroom', options: {} });
  const { editor } = engine;
  const turn = reasonEdit(
    { ...engine, editor: { edit: (input, call) => keepingEdit(editor, undefined, input, call) } },
    {
      prompt,
      source: image,
      latest: image,
      references: [],
      history: [],
      maxRounds: 3,
      seed: 1,
      ...more,
    },
    { signal: new AbortController().signal },
  );
  for (;;) {
    const next = await turn.next();
    if (next.done) return next.value;
  }
}

/** What a turn says before it edits, or in place of it. */
export function said({ thought }: EditResult): string {
  if (!thought) return '';
  return thought.kind === 'plan' ? thought.reasoning : thought.text;
}

/** The round that a turn answers with; fails where there is none. */
export function answer({ rounds, best, thought }: EditResult): Round {
  const round = rounds.find(({ round: number }) => number === best?.round);
  if (!round) throw new Error(`No answer, but: ${JSON.stringify(thought)}`);
  return round;
}
