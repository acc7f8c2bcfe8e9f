import { config as loadDotenv } from 'dotenv';
import { z } from 'zod';

import { AppError } from './errors.ts';

const positive = (fallback: number) => z.coerce.number().positive().default(fallback);
const count = (fallback: number, max: number) =>
  z.coerce.number().int().min(1).max(max).default(fallback);

/** A list, parted by commas. */
const names = z.string().transform((text) =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== ''),
);

/** Every setting, its range and its default. `.env.example` says what each one means. */
const Variables = z.object({
  ENGINE: z.string().min(1).default('darkroom'),
  ENGINES: names.optional(),
  MAX_ROUNDS: count(3, 10),
  TURN_DEADLINE_SECONDS: positive(600),
  QUEUE_DEADLINE_SECONDS: positive(3_600),
  MAX_OPEN_REQUESTS_PER_USER: count(5, 1_000),
  DAILY_REQUESTS_PER_USER: z.coerce.number().int().min(0).default(0),
  DAILY_REQUESTS: z.coerce.number().int().min(0).default(0),
  ADMINS: names.default([]),
  MAX_IMAGE_MEGABYTES: positive(50),
  MAX_IMAGE_MEGAPIXELS: positive(100),
  ENGINE_MEMORY_MEGABYTES: positive(4_096),
  DARKROOM_LOOKS: z.string().optional(),
  REASONEDIT_CHECKPOINT: z.string().optional(),
  REASONEDIT_PROVIDER: z.enum(['cuda', 'webgpu', 'cpu']).default('cuda'),
  REASONEDIT_MEMORY_GIGABYTES: positive(80),
  REASONEDIT_STEPS: count(28, 200),
  REASONEDIT_GUIDANCE: z.coerce.number().min(1).max(30).default(6),
  REASONEDIT_SIZE: z.coerce.number().int().min(64).max(1_536).default(1_024),
  REASONEDIT_AS_REFERENCE: z.stringbool().default(false),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z.url({ protocol: /^postgres(?:ql)?$/ }).optional(),
  S3_BUCKET: z.string().min(1).optional(),
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  RETENTION_DAYS: z.coerce.number().int().min(0).default(90),
  AUDIT_TEXT: z.stringbool().default(false),
  MODERATION_URL: z
    .url({ protocol: /^https?$/ })
    .regex(/^[^@?#]*$/, 'it is to hold an address and a path alone')
    .optional(),
  // What can't be in a header would come back in an error, key and all.
  MODERATION_API_KEY: z
    .string()
    .trim()
    .regex(/^[!-~]+$/, 'it is to hold neither spaces nor signs beyond ASCII')
    .optional(),
  MODERATION_MODEL: z.string().min(1).default('omni-moderation-latest'),
  REFUSED_WORDS: names
    .refine((words) => words.every((word) => /[\p{L}\p{N}]/u.test(word)), {
      error: 'each entry needs a letter or a digit',
    })
    .default([]),
  WEB_HOST: z.string().min(1).default('127.0.0.1'),
  WEB_PORT: z.coerce.number().int().min(0).max(65_535).default(8_787),
  WEB_TOKEN: z.string().min(16).optional(),
  GPU: z.coerce.number().int().min(0).optional(),
  SHUTDOWN_SECONDS: positive(20),
  HEALTH_HOST: z.string().min(1).default('127.0.0.1'),
  HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
});

/** Addresses that only this machine reaches. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/;

/** What must hold between them. */
const Settings = Variables.refine(
  ({ S3_BUCKET, S3_ENDPOINT }) => S3_BUCKET !== undefined || S3_ENDPOINT === undefined,
  { path: ['S3_BUCKET'], error: 'S3_ENDPOINT needs the name of a bucket beside it' },
)
  .refine(
    ({ S3_ACCESS_KEY_ID: id, S3_SECRET_ACCESS_KEY: secret }) =>
      (id === undefined) === (secret === undefined),
    {
      path: ['S3_SECRET_ACCESS_KEY'],
      error: 'it and S3_ACCESS_KEY_ID come together or not at all',
    },
  )
  .refine(({ MODERATION_URL: url, MODERATION_API_KEY: key }) => url !== undefined || !key, {
    path: ['MODERATION_URL'],
    error: 'MODERATION_API_KEY needs the address of its server beside it',
  })
  .refine(({ WEB_HOST, WEB_TOKEN }) => WEB_TOKEN !== undefined || LOOPBACK.test(WEB_HOST), {
    path: ['WEB_TOKEN'],
    error: 'others can reach this WEB_HOST, so that a token is needed',
  });

export type Settings = z.infer<typeof Settings>;

/** Names of all settings, for the test that `.env.example` documents each. */
export const SETTING_NAMES = Object.keys(Variables.shape);

/**
 * The settings of this process: the environment, completed by a `.env` file in the working folder.
 * @throws {AppError} `BAD_SETTINGS` with one sentence that names the first wrong setting.
 */
export function loadSettings(): Settings {
  const file: Record<string, string> = {};
  loadDotenv({ quiet: true, processEnv: file });
  return parseSettings({ ...file, ...process.env });
}

/** An empty value counts as not set, as in a `.env` file where the name alone was left. */
export function parseSettings(variables: Readonly<Record<string, string | undefined>>): Settings {
  const present = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value?.trim()),
  );
  const parsed = Settings.safeParse(present);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError(
    'BAD_SETTINGS',
    `The setting ${issue?.path.join('.') ?? ''} is wrong: ${issue?.message ?? 'unreadable'}.`,
  );
}

/** What the settings say to each engine, as plain data. */
export function engineOptions(settings: Settings): Record<string, Record<string, unknown>> {
  const { DARKROOM_LOOKS: looks, REASONEDIT_CHECKPOINT: checkpoint } = settings;
  return {
    darkroom: { ...(looks !== undefined && { looks }) },
    reasonedit: {
      ...(checkpoint !== undefined && { checkpoint }),
      provider: settings.REASONEDIT_PROVIDER,
      memoryBytes: settings.REASONEDIT_MEMORY_GIGABYTES * 1e9,
      steps: settings.REASONEDIT_STEPS,
      guidance: settings.REASONEDIT_GUIDANCE,
      size: settings.REASONEDIT_SIZE,
      asReference: settings.REASONEDIT_AS_REFERENCE,
    },
  };
}

/** What the settings add to the environment of an engine's process. */
export function engineEnvironment({ GPU }: Settings): EngineEnvironment {
  return { ...(GPU !== undefined && { CUDA_VISIBLE_DEVICES: String(GPU) }) };
}

/** What an engine's process may be told beside what every child sees. */
export type EngineEnvironment = Readonly<Partial<Record<'CUDA_VISIBLE_DEVICES', string>>>;

/** What the terminal says of itself, and whether colours are wanted (https://no-color.org). */
export function terminalEnvironment(): Record<'TERM' | 'NO_COLOR', string | undefined> {
  const { TERM, NO_COLOR } = process.env;
  return { TERM, NO_COLOR };
}

/** What a child process may see of the environment: where things are on this machine, no secret. */
const CHILD_VARIABLES = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'SYSTEMROOT',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'LC_ALL',
  'TZ',
  'LD_LIBRARY_PATH',
  'CUDA_VISIBLE_DEVICES',
  'NVIDIA_VISIBLE_DEVICES',
  'FONTCONFIG_FILE',
  'FONTCONFIG_PATH',
] as const;

/**
 * The environment of a child process: an allow-list of names, so that no token ever reaches one.
 * @param told What it is told by us; holds over what there is.
 */
export function childEnvironment(told: EngineEnvironment = {}): Record<string, string> {
  const allowed: Record<string, string> = {};
  for (const name of CHILD_VARIABLES) {
    const value = process.env[name];
    if (value !== undefined) allowed[name] = value;
  }
  return { ...allowed, ...told };
}
