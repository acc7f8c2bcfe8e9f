import type { Grid } from './patches.ts';
import { positionsOf, type Positions } from './positions.ts';
import type { SeenPicture } from './vision-tower.ts';

/** A prompt as the text model reads it. */
export interface Prompt {
  /** A picture's token stands there as often as the picture has tokens. */
  readonly tokens: readonly number[];
  readonly pictures: readonly SeenPicture[];
  readonly positions: Positions;
}

/**
 * Gives each picture its tokens.
 * @param tokens With one image token for each of `pictures`.
 */
export function layPrompt(
  tokens: readonly number[],
  pictures: readonly SeenPicture[],
  rules: {
    readonly imageToken: number;
    readonly spatialMergeSize: number;
    readonly absentToken?: number;
  },
): Prompt {
  let picture = 0;
  const laid = tokens.flatMap((token) =>
    token === rules.imageToken
      ? Array.from<number>({ length: pictures[picture++]?.tokens ?? 0 }).fill(token)
      : [token],
  );
  const grids: Grid[] = pictures.map(({ grid }) => grid);
  return { tokens: laid, pictures, positions: positionsOf(laid, grids, rules) };
}

/** The features of the pictures' tokens from the `from`th token of the prompt on. */
export function featuresFrom(
  { tokens, pictures }: Prompt,
  from: number,
  imageToken: number,
): Float32Array {
  const width = (pictures[0]?.features.length ?? 0) / (pictures[0]?.tokens ?? 1);
  const all = new Float32Array(pictures.reduce((sum, { features }) => sum + features.length, 0));
  let at = 0;
  for (const { features } of pictures) {
    all.set(features, at);
    at += features.length;
  }
  const before = tokens.slice(0, from).filter((token) => token === imageToken).length;
  return all.subarray(before * width);
}
