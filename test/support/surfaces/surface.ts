import type { Product } from '../product.ts';

/** A place where people talk with the bot. Each conversation has a person and a channel of its own. */
export interface Surface extends AsyncDisposable {
  /** What the bot is to be started with, to be found there. */
  readonly settings: Readonly<Record<string, string>>;
  /** Resolves once the bot is there. */
  arrival(product: Product): Promise<void>;
  /** Somebody posts a picture and says what to change; resolves once there is a thread. */
  ask(request: string, picture: Uint8Array): Promise<Talk>;
}

/** A thread, as who asked in it sees it. */
export interface Talk {
  /** All that is to be seen now, the oldest first. */
  readonly look: () => readonly Shown[];
  readonly says: (text: string) => Promise<unknown>;
}

export interface Shown {
  readonly kind: 'person' | 'round' | 'final' | 'other';
  /** All that can be read, line by line. */
  readonly text: string;
  readonly pictures: readonly ShownPicture[];
  readonly buttons: readonly ShownButton[];
}

export interface ShownPicture {
  readonly alt: string;
  /** The file that people see. */
  readonly bytes: () => Promise<Uint8Array>;
}

export interface ShownButton {
  readonly label: string;
  /** Resolves once the bot has taken it. */
  readonly press: () => Promise<unknown>;
}
