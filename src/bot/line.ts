import type { EngineDirectory } from '../bots/conversation.ts';
import type { EditQueue } from '../queue/types.ts';

/** Where turns go to be played. */
export interface Line extends AsyncDisposable {
  readonly queue: EditQueue;
  readonly engines: EngineDirectory;
}
