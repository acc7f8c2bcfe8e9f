import { isAppError, toAppError, type AppError, type ErrorCode } from '../errors.ts';
import type { Call } from '../pipeline/types.ts';
import { parseCommand, type Command } from './args.ts';
import type { Context } from './context.ts';
import { jsonLine, printableLine } from './text.ts';

/** Codes that say that what was asked can't be done as asked; any other is a failure. */
const WRONG_INPUT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'BAD_USAGE',
  'BAD_SETTINGS',
  'EMPTY_REQUEST',
  'REQUEST_TOO_LONG',
  'IMAGE_NOT_FOUND',
  'IMAGE_EMPTY',
  'IMAGE_FORMAT',
  'IMAGE_DAMAGED',
  'IMAGE_TOO_LARGE',
  'IMAGE_TOO_MANY_PIXELS',
  'IMAGE_TOO_MANY_FRAMES',
  'IMAGE_TOO_SLOW',
  'MASK_UNUSABLE',
  'OUTPUT_NOT_WRITABLE',
  'ENGINE_UNKNOWN',
  'CHECKPOINT_UNUSABLE',
]);

/** Runs a command line to its exit code. Whatever goes wrong becomes one line on stderr. */
export async function runCommandLine(
  argv: readonly string[],
  context: Context,
  call: Call,
): Promise<number> {
  try {
    return await execute(parseCommand(argv), context, call);
  } catch (thrown) {
    const error = toAppError(thrown);
    const message = explain(error);
    if (argv.includes('--json')) {
      context.stdout.write(jsonLine({ type: 'error', code: error.code, message }));
    }
    context.stderr.write(`reasonedit: ${message}\n`);
    return WRONG_INPUT.has(error.code) ? 2 : 1;
  }
}

/** Each command loads what it needs and no more: how soon the first words come depends on it. */
async function execute(command: Command, context: Context, call: Call): Promise<number> {
  switch (command.name) {
    case 'help': {
      const { USAGE } = await import('./usage.ts');
      context.stdout.write(USAGE);
      return 0;
    }
    case 'version': {
      const { readVersion } = await import('./version.ts');
      context.stdout.write(`${await readVersion()}\n`);
      return 0;
    }
    case 'edit': {
      const { edit } = await import('./edit.ts');
      return edit(command, context, call);
    }
    case 'start': {
      const { serve } = await import('./serve.ts');
      return serve(context, call);
    }
    case 'worker': {
      const { work } = await import('./work.ts');
      return work(context, call);
    }
    case 'register': {
      const { register } = await import('./register.ts');
      return register(context, call);
    }
    case 'demo': {
      const { demo } = await import('./demo.ts');
      return demo(command, context, call);
    }
    case 'prepare': {
      const { prepare } = await import('./prepare.ts');
      return prepare(command, context, call);
    }
    case 'doctor': {
      const { doctor } = await import('./doctor.ts');
      return doctor(command, context);
    }
    default:
      return command satisfies never;
  }
}

/** Our own sentence; of an error that nobody foresaw also its own words, for a report. */
function explain({ code, message, cause }: AppError): string {
  const detail = code === 'INTERNAL' && cause instanceof Error && !isAppError(cause);
  return printableLine(detail ? `${message} (${cause.name}: ${cause.message})` : message);
}
