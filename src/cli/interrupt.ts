import { interruption } from '../pipeline/interruption.ts';

/** Exit codes of a process that was interrupted: 128 and the number of the signal. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGPIPE: 141 } as const;

const NOTICE = '\nStopping with the best picture so far; press Ctrl-C again to leave at once.\n';

type Cause = keyof typeof EXIT_CODES;

/** What is needed of a process; `process` is one. */
interface Interruptible {
  on(name: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  exit(code: number): unknown;
  readonly stdout: Output;
  readonly stderr: Output;
}

interface Output {
  readonly isTTY?: boolean;
  on(name: 'error', listener: () => void): unknown;
  write(text: string): unknown;
}

export interface Interrupt {
  /** Aborts at the first interruption, as a request to stop. */
  readonly signal: AbortSignal;
  /** What to exit with once something interrupted. */
  exitCode(): number | undefined;
}

/**
 * Makes Ctrl-C, SIGTERM and a reader of the output that went away stop the work. A second signal
 * ends the process at once.
 */
export function listenForInterrupts(process_: Interruptible): Interrupt {
  const controller = new AbortController();
  let cause: Cause | undefined;
  const interrupt = (next: Cause) => {
    cause ??= next;
    controller.abort(interruption('stop'));
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process_.on(name, () => {
      if (controller.signal.aborted) process_.exit(EXIT_CODES[name]);
      interrupt(name);
      if (process_.stderr.isTTY) process_.stderr.write(NOTICE);
    });
  }
  for (const output of [process_.stdout, process_.stderr]) {
    output.on('error', () => interrupt('SIGPIPE'));
  }
  return { signal: controller.signal, exitCode: () => cause && EXIT_CODES[cause] };
}
