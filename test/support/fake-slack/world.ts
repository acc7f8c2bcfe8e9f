import type { Dispatcher } from './dispatch.ts';
import type { ShiftedClock } from './shifted-clock.ts';
import type { Triggers } from './triggers.ts';
import type { Workspace } from './workspace.ts';

/** The app as it is known at Slack. */
export interface App {
  readonly id: string;
  readonly appToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingSecret: string;
  /** What it asks for when it is installed. */
  readonly scopes: ReadonlySet<string>;
  /** Names of events that it subscribed to, such as `message.channels`. */
  readonly events: ReadonlySet<string>;
  /** Absent: any. */
  readonly shortcuts?: ReadonlySet<string>;
  readonly commands?: ReadonlySet<string>;
}

/** All that is shared by the parts of the fake. */
export interface World {
  readonly app: App;
  readonly clock: ShiftedClock;
  /** Where it listens, such as `http://127.0.0.1:1234`. */
  readonly origin: string;
  readonly workspaces: readonly Workspace[];
  readonly dispatcher: Dispatcher;
  readonly triggers: Triggers;
  /** What a well-behaved app would not have done. A test ends with none. */
  readonly faults: string[];
  /** Codes that people got for allowing the app, and where. */
  readonly codes: Map<string, Workspace>;
}
