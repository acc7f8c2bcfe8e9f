import type { Action } from '../../../src/bots/actions.ts';
import type { ChatAdapter, Destination, Incoming } from '../../../src/bots/types.ts';
import type { EncodedImage } from '../../../src/image/types.ts';

/** An adapter on a platform that the test can look at and play tricks on. New for each test. */
export interface AdapterHome extends AsyncDisposable {
  /** Not started yet. */
  readonly adapter: ChatAdapter;
  /** Where the bot may write, and nothing is written yet. */
  readonly destination: Destination;
  /** What people see there, in its order. */
  thread(): Promise<readonly SeenMessage[]>;
  /** Lets so much time pass that no pace is in the way. */
  rest(): Promise<void>;
  /** What happens to the next call: it is refused for a while, not heard, or heard and not answered. */
  trouble(kind: 'rate-limited' | 'hangs-up' | 'lost'): void;
  /** What people and the platform do. */
  deleteMessage(messageId: string): Promise<void>;
  removePlace(): Promise<void>;
  /** A person writes there; the file comes with it. */
  say(text: string, file?: EncodedImage): Promise<void>;
  /** A person presses the button of a message that has this action. */
  press(messageId: string, action: Action): Promise<void>;
}

/** A message as the platform has it, with its markup undone. */
export interface SeenMessage {
  readonly messageId: string;
  /** All that can be read, however it is parted. */
  readonly text: string;
  readonly pictures: readonly { readonly alt: string; readonly imageId: string }[];
  readonly actions: readonly Action[];
}

export interface Bench {
  readonly home: AdapterHome;
  /** What the adapter has handed over. */
  readonly incoming: readonly Incoming[];
}
