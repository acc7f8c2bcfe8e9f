import type { Call } from '../../../types.ts';
import type { Pixels } from '../resample.ts';
import type { TextLayout } from './positions.ts';

/** What the text encoder makes of an instruction and a picture, once its prefix was dropped. */
export interface Conditioning {
  /** Last hidden state, [tokens, width]. */
  readonly hidden: Float32Array;
  /** What its first layer took, [tokens, width]. */
  readonly embeddings: Float32Array;
  /** 1 for tokens of quoted text, else 0, [tokens]. */
  readonly quoted: Float32Array;
  readonly layout: TextLayout;
}

/** Shows the text encoder an instruction and the picture that it is about. */
export type Conditioner = (
  instruction: string,
  picture: Pixels<Uint8Array>,
  call: Call,
) => Promise<Conditioning>;
