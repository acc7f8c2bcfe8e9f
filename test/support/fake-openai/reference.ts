import type { Asked, QuestionName } from './chat-server.ts';

export interface Cost {
  readonly calls: number;
  readonly bytes: number;
}

/**
 * What the released code of ReasonEdit asks its model for the same turn, by the pictures that go into each
 * call; of the bytes its pictures alone count, coded as ours.
 * @param before The picture before the edits, and `after` those of the rounds; as they are sent.
 */
export function referenceCost(before: Buffer, after: readonly Buffer[]): Cost {
  const thinking = [[before]];
  const reflecting = after.flatMap((edited) => [
    [before], // describe the target
    [edited], // judge by it
    [before, edited], // conclude
    [before, edited], // score the edit
    [edited], // score the picture
  ]);
  const calls = [...thinking, ...reflecting];
  const lettersOf = ({ length }: Buffer) => 4 * Math.ceil(length / 3);
  return {
    calls: calls.length,
    bytes: calls.flat().reduce((sum, picture) => sum + lettersOf(picture), 0),
  };
}

/** The pictures of a turn as they were sent: the one before, and one a round. */
export function picturesSent(asked: readonly Asked[]): { before: Buffer; after: Buffer[] } {
  const of = (name: QuestionName) => asked.filter((question) => question.name === name);
  const [before = Buffer.alloc(0)] = of('plan')[0]?.pictures ?? [];
  return { before, after: of('look_scores').flatMap(({ pictures }) => pictures) };
}
