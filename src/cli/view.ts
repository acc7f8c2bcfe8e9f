import type { EncodedImage } from '../image/types.ts';
import type { EditEvent } from '../pipeline/types.ts';
import type { EditRecord } from './record.ts';

/** Shows an edit as it happens. */
export interface View {
  /** Once it is clear what is edited, before the first event. */
  start(start: SessionStart): void;
  /** What happens, in order; the picture of an `editing-end` is a file by now. */
  event(event: EditEvent): void;
  result(record: EditRecord): void;
  /** Called last, however the edit ended. */
  close(): void;
}

export interface SessionStart {
  readonly picture: EncodedImage;
  /** The path that the picture was read from. */
  readonly file: string;
  /** Further pictures that came with the request. */
  readonly references: readonly { readonly picture: EncodedImage; readonly file: string }[];
  /** The folder of the results. */
  readonly folder: string;
  readonly engine: string;
  readonly prompt: string;
  readonly seed: number;
  /** What the user should know about how the picture was read. */
  readonly notes: readonly string[];
}
