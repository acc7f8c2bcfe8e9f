import { AppError, isAppError } from '../errors.ts';

/** Why a running turn is broken off; see `Call`. */
export type Interruption = 'stop' | 'deadline' | 'shutdown';

const ERRORS = {
  stop: () => new AppError('STOPPED', 'Stopped on request.'),
  deadline: () => new AppError('DEADLINE', 'The time for this request ran out.'),
  shutdown: () =>
    new AppError('SHUTDOWN', 'The worker is shutting down; the request goes on elsewhere.', {
      retryable: true,
    }),
} as const satisfies Record<Interruption, () => AppError>;

/** The reason to abort a signal with. */
export function interruption(kind: Interruption): AppError {
  return ERRORS[kind]();
}

/** Reads an abort reason back. A reason that nobody typed is a stop; a timeout's is the deadline. */
export function interruptionOf(reason: unknown): Interruption {
  if (isAppError(reason)) {
    if (reason.code === 'DEADLINE') return 'deadline';
    if (reason.code === 'SHUTDOWN') return 'shutdown';
    return 'stop';
  }
  return reason instanceof Error && reason.name === 'TimeoutError' ? 'deadline' : 'stop';
}
