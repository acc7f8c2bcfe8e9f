import { AppError, toAppError, type ErrorCode } from '../errors.ts';
import type { EncodedImage } from '../image/types.ts';
import type { Packed } from './image-table.ts';
import type { Interruption } from './interruption.ts';
import type {
  Capabilities,
  EditInput,
  EditStep,
  EngineSettings,
  Note,
  ReflectInput,
  Reflection,
  ThinkInput,
  Thought,
} from './types.ts';

/** The calls of an engine: what goes in, what is yielded, what is returned. */
export interface EngineCalls {
  think: { input: ThinkInput; step: string; outcome: Thought };
  reflect: { input: ReflectInput; step: string; outcome: Reflection };
  edit: { input: EditInput; step: EditStep; outcome: EncodedImage };
}

/** One call: its name, and the input that goes with it. */
export type EngineRequest<Name extends keyof EngineCalls = keyof EngineCalls> = {
  [Each in Name]: { readonly name: Each; readonly input: EngineCalls[Each]['input'] };
}[Name];

/**
 * What the host says. One call runs at a time: the next `call` is sent only after the `return` or
 * `throw` of the last one, so no message needs to name its call. A `cancel` that crosses with the
 * end of its call finds none running, and means nothing.
 */
export type ToChild =
  | { readonly type: 'start'; readonly module: string; readonly settings: EngineSettings }
  | { readonly type: 'ping' }
  | { readonly type: 'call'; readonly request: Packed<EngineRequest> }
  | { readonly type: 'cancel'; readonly kind: Interruption }
  | { readonly type: 'shutdown' };

/** What the child answers: to a call any number of `yield` and `note`, then one `return` or `throw`. */
export type ToHost =
  | { readonly type: 'ready'; readonly capabilities: Capabilities }
  | { readonly type: 'failed'; readonly error: PlainError }
  | { readonly type: 'pong' }
  | { readonly type: 'yield'; readonly step: unknown }
  | { readonly type: 'note'; readonly note: Note }
  | { readonly type: 'return'; readonly outcome: Packed<unknown> }
  | { readonly type: 'throw'; readonly error: PlainError };

/** Whether a message is of the protocol; its fields are trusted, since our own child wrote them. */
export function isToHost<Type extends ToHost['type']>(
  message: unknown,
  types: readonly Type[],
): message is Extract<ToHost, { type: Type }> {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  return types.some((type) => type === message.type);
}

/** An error as plain data. `cause` is text for the log: never shown to a user. */
export interface PlainError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  readonly cause?: string;
}

/** Any thrown value as plain data; a foreign one as `INTERNAL`, its own words as the cause. */
export function toPlainError(thrown: unknown): PlainError {
  const { code, message, retryable, retryAfterMs, cause } = toAppError(thrown);
  return {
    code,
    message,
    retryable,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(cause !== undefined && { cause: causeText(cause) }),
  };
}

export function fromPlainError({ code, message, ...options }: PlainError): AppError {
  return new AppError(code, message, options);
}

function causeText(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? String(cause)) : String(cause);
}
