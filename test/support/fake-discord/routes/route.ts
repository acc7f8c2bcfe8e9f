import type { World } from '../world.ts';

export interface UploadedFile {
  /** Its number in the form: `files[0]` is 0. */
  readonly index: number;
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface RestCall {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
  readonly gatewayUrl: string;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Whether the bot shows its own token, or the path holds the one of an interaction. */
  readonly needs: 'token' | 'nothing';
  /** Of an answer with a body; 200 where absent. */
  readonly status?: number;
  /** The body of the answer, undefined for none. Throws an `ApiError` where it is not done. */
  readonly answer: (world: World, call: RestCall) => unknown;
}

/** A part of the path, which the route has. */
export function param({ params }: RestCall, name: string): string {
  const value = params[name];
  if (value === undefined) throw new Error(`The route has no ${name}.`);
  return value;
}
