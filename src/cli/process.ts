import { terminalEnvironment } from '../config/environment.ts';
import type { Context } from './context.ts';
import { listenForInterrupts } from './interrupt.ts';
import { runCommandLine } from './run.ts';

/** Runs the command line of this process, and ends it. */
export async function runProcess(findEngine: Context['findEngine']): Promise<never> {
  const interrupt = listenForInterrupts(process);
  const code = await runCommandLine(
    process.argv.slice(2),
    {
      stdout: process.stdout,
      stderr: process.stderr,
      environment: terminalEnvironment(),
      findEngine,
    },
    { signal: interrupt.signal },
  );
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  process.exit(interrupt.exitCode() ?? code);
}

/** Settles when all that was written is out, or can't go out any more. */
const flushed = (output: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    output.write('', () => resolve());
  });
