import { pino } from 'pino';

import type { AppError } from './errors.ts';

/** Facts to go with a line of the log: ids, codes, sizes, durations; never words, pixels, tokens or links. */
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Logger {
  info(event: string, facts?: LogFacts): void;
  /** What went wrong, with the sentence and the stack of our own error and the cause's kind. */
  fault(event: string, error: AppError, facts?: LogFacts): void;
}

/** Lines of JSON on stderr. */
export function createLogger(destination: { write(line: string): void } = process.stderr): Logger {
  const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    info: (event, facts = {}) => log.info(facts, event),
    fault: (event, error, facts = {}) => {
      const level = error.code === 'INTERNAL' ? 'error' : 'warn';
      log[level]({ ...facts, ...factsOf(error) }, event);
    },
  };
}

/**
 * Of our own errors the sentence, which is written to be read by anybody. Of foreign ones the kind, the code and where
 * they were thrown, but no message: it may quote what a person wrote.
 */
function factsOf({ code, message, retryable, cause }: AppError): LogFacts {
  if (!(cause instanceof Error)) return { code, message, retryable };
  const at = cause.stack?.split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    code,
    message,
    retryable,
    cause: cause.name,
    ...('code' in cause && { causeCode: String(cause.code) }),
    ...(at && {
      at: at
        .slice(0, 8)
        .map((line) => line.trim())
        .join(' < '),
    }),
  };
}
