import { pino } from 'pino';

import type { AppError } from './errors.ts';

/** Facts to go with a line of the log: ids, codes, sizes, durations; never words, pixels, tokens or links. */
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Logger {
  info(event: string, facts?: LogFacts): void;
  /** What somebody who runs this is to look at. */
  warn(event: string, facts?: LogFacts): void;
  /** What went wrong, with the sentence and the stack of our own error and the cause's kind. */
  fault(event: string, error: AppError, facts?: LogFacts): void;
}

/** A line of JSON for each thing that happened. */
export function createLogger(destination: { write(line: string): unknown }): Logger {
  const log = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime },
    {
      write: (line) => void destination.write(line),
    },
  );
  return {
    info: (event, facts = {}) => log.info(facts, event),
    warn: (event, facts = {}) => log.warn(facts, event),
    fault: (event, error, facts = {}) => {
      const level = error.code === 'INTERNAL' ? 'error' : 'warn';
      log[level]({ ...facts, ...factsOf(error) }, event);
    },
  };
}

/** The same for people at a terminal: a short line each. */
export function readable(output: { write(line: string): unknown }): { write(line: string): void } {
  return {
    write: (line) => {
      const { time, msg, level, at: _at, ...facts } = JSON.parse(line);
      const told = Object.entries(facts).map(([name, value]) => `${name}=${String(value)}`);
      const mark = level > INFO ? '! ' : '';
      output.write(`${String(time).slice(11, 19)} ${mark}${msg} ${told.join(' ')}\n`);
    },
  };
}

const INFO = 30;

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
