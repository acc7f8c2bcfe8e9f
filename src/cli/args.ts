import { parseArgs, type ParseArgsConfig } from 'node:util';

import { AppError } from '../errors.ts';

/** What the command line asks for. */
export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'version' }
  | EditCommand
  | { readonly name: 'start' }
  | { readonly name: 'worker' }
  | { readonly name: 'register' }
  | { readonly name: 'demo'; readonly json: boolean }
  | { readonly name: 'doctor'; readonly json: boolean }
  | PrepareCommand;

export interface PrepareCommand {
  readonly name: 'prepare';
  /** Folder of the checkpoint. */
  readonly checkpoint: string;
  /** A copy of the released code, to take the prompts out that the weights were tuned with. */
  readonly prompts?: string;
  readonly json: boolean;
}

export interface EditCommand {
  readonly name: 'edit';
  /** Path of the picture. */
  readonly image: string;
  /** Paths of further pictures that the request refers to. */
  readonly references: readonly string[];
  /** Path of a picture that is white where the first may change, and black elsewhere. */
  readonly mask?: string;
  readonly prompt: string;
  /** Folder for the results; made up from the picture's name when absent. */
  readonly out?: string;
  /** The settings' engine when absent. */
  readonly engine?: string;
  /** The settings' number when absent. */
  readonly maxRounds?: number;
  readonly seed: number;
  readonly json: boolean;
}

/** Characters that a request may have. */
export const MAX_PROMPT_LENGTH = 4_000;
const MAX_ROUNDS = 10;
const DEFAULT_SEED = 0;

const COMMON = {
  help: { type: 'boolean', short: 'h', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** @throws {AppError} `BAD_USAGE`, `EMPTY_REQUEST` or `REQUEST_TOO_LONG`. */
export function parseCommand(argv: readonly string[]): Command {
  const [name, ...rest] = argv;
  switch (name) {
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      return { name: 'help' };
    case 'version':
    case '--version':
    case '-v':
      return { name: 'version' };
    case 'edit':
      return parseEdit(rest);
    case 'start':
    case 'worker':
    case 'register':
      if (rest.length > 0) throw badUsage(`"${name}" takes no arguments`);
      return { name };
    case 'prepare': {
      const { values, positionals } = parse({
        args: rest,
        options: { ...COMMON, prompts: { type: 'string' } },
        allowPositionals: true,
      });
      if (values.help) return { name: 'help' };
      const [checkpoint, ...others] = positionals;
      if (!checkpoint || others.length > 0) throw badUsage('Name the folder of one checkpoint');
      const { json, prompts } = values;
      return { name, checkpoint, json, ...(prompts !== undefined && { prompts }) };
    }
    case 'demo':
    case 'doctor': {
      const { values, positionals } = parse({
        args: rest,
        options: COMMON,
        allowPositionals: true,
      });
      if (values.help) return { name: 'help' };
      if (positionals.length > 0) throw badUsage(`"${name}" takes no arguments`);
      return { name, json: values.json };
    }
    default:
      throw badUsage(`Unknown ${name.startsWith('-') ? 'option' : 'command'} "${name}"`);
  }
}

function parseEdit(args: string[]): Command {
  const { values, positionals } = parse({
    args,
    allowPositionals: true,
    options: {
      ...COMMON,
      version: { type: 'boolean', default: false },
      out: { type: 'string' },
      mask: { type: 'string' },
      engine: { type: 'string' },
      'max-rounds': { type: 'string' },
      seed: { type: 'string' },
    },
  });
  if (values.help) return { name: 'help' };
  if (values.version) return { name: 'version' };
  const [image, ...others] = positionals;
  const references = others.slice(0, -1);
  const prompt = others.at(-1);
  if (!image) throw badUsage('Name the picture to edit');
  if (prompt === undefined || PICTURE_FILE.test(prompt)) {
    throw badUsage('Say in quotes what to do with the picture');
  }
  if (!references.every((path) => PATH.test(path))) {
    throw badUsage('Put the whole request in quotes');
  }
  if (values.out === '') throw badUsage('--out needs the name of a folder');
  if (values.mask === '') throw badUsage('--mask needs the path of a picture');
  const { out, engine, mask, json } = values;
  const rounds = values['max-rounds'];
  return {
    name: 'edit',
    image,
    references,
    ...(mask !== undefined && { mask }),
    prompt: checkPrompt(prompt),
    ...(out !== undefined && { out }),
    ...(engine !== undefined && { engine }),
    ...(rounds !== undefined && { maxRounds: wholeNumber('--max-rounds', rounds, 1, MAX_ROUNDS) }),
    seed: values.seed === undefined ? DEFAULT_SEED : wholeNumber('--seed', values.seed),
    json,
  };
}

/** A name that ends as a file's does or leads through folders; a word of a request does neither. */
const PATH = /\.[a-z0-9]{2,5}$|[\\/]/i;
const PICTURE_FILE = /^\S+\.(?:jpe?g|png|webp|avif|gif|tiff?|hei[cf])$/i;

function checkPrompt(prompt: string): string {
  if (prompt.trim() === '') {
    throw new AppError('EMPTY_REQUEST', 'The request is empty; say what to do with the picture.');
  }
  const { length } = Array.from(prompt);
  if (length > MAX_PROMPT_LENGTH) {
    throw new AppError(
      'REQUEST_TOO_LONG',
      `The request has ${length} characters; ${MAX_PROMPT_LENGTH} are the most it may have.`,
    );
  }
  return prompt;
}

function wholeNumber(
  option: string,
  text: string,
  min: number = Number.MIN_SAFE_INTEGER,
  max: number = Number.MAX_SAFE_INTEGER,
): number {
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
  const range = min === Number.MIN_SAFE_INTEGER ? '' : ` from ${min} to ${max}`;
  throw badUsage(`${option} needs a whole number${range}, not "${text}"`);
}

function parse<Config extends ParseArgsConfig>(config: Config) {
  try {
    return parseArgs(config);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Of Node's explanation the first sentence says what is wrong.
    throw badUsage(/^.*?(?=\.\s|\.?$)/m.exec(error.message)?.[0] ?? error.message);
  }
}

const badUsage = (problem: string): AppError =>
  new AppError('BAD_USAGE', `${problem}; "reasonedit help" shows how it works.`);
