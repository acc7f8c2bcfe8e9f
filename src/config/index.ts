import { config as loadDotenv } from 'dotenv';
import { z } from 'zod';

import { AppError } from '../errors.ts';

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

/** The base URL of a server; what else is in it would be lost or, as a password, be shown. */
const baseUrl = z
  .url({ protocol: /^https?$/ })
  .regex(/^[^@?#]*$/, 'it is to hold an address and a path alone');

// What can't be in a header would come back in an error, key and all.
const secretText = z
  .string()
  .trim()
  .regex(/^[!-~]+$/, 'it is to hold neither spaces nor signs beyond ASCII');

/** A JSON object. */
const fields = z.string().transform((text, context) => {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    context.addIssue('it is to be a JSON object');
    return z.NEVER;
  }
});

/** Engines of two halves: `name=reasoner+editor`, parted by commas. */
const pairs = names.transform((entries, context) =>
  entries.map((entry) => {
    const [, name = '', reasoner = '', editor = ''] =
      /^([\w-]+)\s*=\s*([\w-]+)\s*\+\s*([\w-]+)$/.exec(entry) ?? [];
    if (name === '') context.addIssue('each entry is to read name=reasoner+editor');
    return { name, reasoner, editor };
  }),
);

/** What models cost: `model input output picture`, parted by commas. */
const prices = names.transform((entries, context) =>
  entries.map((entry) => {
    const [model = '', ...numbers] = entry.split(/\s+/);
    const [input = Number.NaN, output = Number.NaN, image = Number.NaN] = numbers.map(Number);
    if (numbers.length !== 3 || !(input >= 0 && output >= 0 && image >= 0)) {
      context.addIssue('each entry is to be a model and three numbers');
    }
    return { model, input, output, image };
  }),
);

const KEEP = ['size', 'place', 'pixels'] as const;
/** Some of as many shards: `0,1/4`. */
const shards = z
  .string()
  .regex(/^\d{1,5}(?:,\d{1,5})*\/\d{1,5}$/, 'it is to be like 0,1/2: some shards, and of how many')
  .transform((text) => {
    const [ids = '', all = ''] = text.split('/');
    return { ids: [...new Set(ids.split(',').map(Number))], count: Number(all) };
  })
  .refine(({ ids, count: all }) => ids.every((id) => id < all), {
    error: 'shards are counted from 0, so that each is less than their number',
  });

/** Every setting, its range and its default. `.env.example` says what each one means. */
const Variables = z.object({
  ENGINE: z.string().min(1).optional(),
  ENGINES: names.optional(),
  ENGINE_PAIRS: pairs.default([]),
  MAX_ROUNDS: count(3, 10),
  TURN_DEADLINE_SECONDS: positive(600),
  QUEUE_DEADLINE_SECONDS: positive(3_600),
  MAX_OPEN_REQUESTS_PER_USER: count(5, 1_000),
  DAILY_REQUESTS_PER_USER: z.coerce.number().int().min(0).default(0),
  DAILY_REQUESTS: z.coerce.number().int().min(0).default(0),
  ADMINS: names.default([]),
  PRIORITY_ROLES: names.default([]),
  MAX_IMAGE_MEGABYTES: positive(50),
  MAX_IMAGE_MEGAPIXELS: positive(100),
  ENGINE_MEMORY_MEGABYTES: positive(4_096),
  DARKROOM_LOOKS: z.string().optional(),
  REASONER_URL: baseUrl.optional(),
  REASONER_API_KEY: secretText.optional(),
  REASONER_MODEL: z.string().min(1).optional(),
  REASONER_TIMEOUT_SECONDS: positive(180),
  REASONER_EXTRA: fields.default({}),
  EDITOR_URL: baseUrl.optional(),
  EDITOR_API_KEY: secretText.optional(),
  EDITOR_MODEL: z.string().min(1).optional(),
  EDITOR_TIMEOUT_SECONDS: positive(600),
  EDITOR_EXTRA: fields.default({}),
  EDITOR_MEGAPIXELS: positive(1),
  EDITOR_PREVIEWS: z.coerce.number().int().min(0).max(3).default(0),
  PROMPTS_DIR: z.string().min(1).optional(),
  PRICES: prices.default([]),
  KEEP: names.pipe(z.array(z.enum([...KEEP, 'none']))).default([...KEEP]),
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
  MODERATION_URL: baseUrl.optional(),
  MODERATION_API_KEY: secretText.optional(),
  MODERATION_MODEL: z.string().min(1).default('omni-moderation-latest'),
  REFUSED_WORDS: names
    .refine((words) => words.every((word) => /[\p{L}\p{N}]/u.test(word)), {
      error: 'each entry needs a letter or a digit',
    })
    .default([]),
  WEB_HOST: z.string().min(1).default('127.0.0.1'),
  WEB_PORT: z.coerce.number().int().min(0).max(65_535).default(8_787),
  WEB_TOKEN: z.string().min(16).optional(),
  SLACK_BOT_TOKEN: secretText.optional(),
  SLACK_APP_TOKEN: secretText.optional(),
  SLACK_SIGNING_SECRET: secretText.optional(),
  SLACK_HOST: z.string().min(1).default('127.0.0.1'),
  SLACK_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  SLACK_CLIENT_ID: secretText.optional(),
  SLACK_CLIENT_SECRET: secretText.optional(),
  SLACK_TOKEN_KEY: z
    .string()
    .regex(
      /^[0-9a-f]{64}$/i,
      'it is to be 64 hexadecimal digits, as `openssl rand -hex 32` writes them',
    )
    .optional(),
  SLACK_API_URL: baseUrl.default('https://slack.com/api/'),
  DISCORD_TOKEN: secretText.optional(),
  DISCORD_SHARDS: shards.optional(),
  DISCORD_API_URL: baseUrl.optional(),
  DISCORD_CDN_URL: baseUrl.optional(),
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
  .refine(({ REASONER_URL: url, REASONER_API_KEY: key }) => url !== undefined || !key, {
    path: ['REASONER_URL'],
    error: 'REASONER_API_KEY needs the address of its server beside it',
  })
  .refine(({ EDITOR_URL: url, EDITOR_API_KEY: key }) => url !== undefined || !key, {
    path: ['EDITOR_URL'],
    error: 'EDITOR_API_KEY needs the address of its server beside it',
  })
  .refine(({ WEB_HOST, WEB_TOKEN }) => WEB_TOKEN !== undefined || LOOPBACK.test(WEB_HOST), {
    path: ['WEB_TOKEN'],
    error: 'others can reach this WEB_HOST, so that a token is needed',
  })
  .refine(
    ({ SLACK_BOT_TOKEN: one, SLACK_CLIENT_ID: many, ...way }) =>
      (one ?? many) === undefined || hasWayToSlack(way),
    {
      path: ['SLACK_APP_TOKEN'],
      error: 'Slack needs it, or SLACK_SIGNING_SECRET and SLACK_PORT, to reach the bot',
    },
  )
  .refine(
    ({ SLACK_BOT_TOKEN: one, SLACK_CLIENT_ID: many, ...way }) =>
      (one ?? many) !== undefined || !hasWayToSlack(way),
    { path: ['SLACK_BOT_TOKEN'], error: 'without it, or SLACK_CLIENT_ID, the bot can’t answer' },
  )
  .refine(({ SLACK_BOT_TOKEN: one, SLACK_CLIENT_ID: many }) => !one || !many, {
    path: ['SLACK_CLIENT_ID'],
    error: 'it is for many workspaces, SLACK_BOT_TOKEN for one; set one of them',
  })
  .refine(
    ({ SLACK_CLIENT_ID: id, SLACK_CLIENT_SECRET: secret, SLACK_TOKEN_KEY: key, ...way }) =>
      !id || (secret && key && way.SLACK_SIGNING_SECRET && way.SLACK_PORT !== undefined),
    {
      path: ['SLACK_CLIENT_ID'],
      error:
        'it needs SLACK_CLIENT_SECRET, SLACK_TOKEN_KEY, SLACK_SIGNING_SECRET and SLACK_PORT beside it',
    },
  )
  .transform((settings) => {
    const { ENGINE, REASONER_URL, EDITOR_URL } = settings;
    const hasServers = REASONER_URL !== undefined && EDITOR_URL !== undefined;
    return { ...settings, ENGINE: ENGINE ?? (hasServers ? 'openai' : 'darkroom') };
  });

type WayToSlack = Partial<
  Pick<z.infer<typeof Variables>, 'SLACK_APP_TOKEN' | 'SLACK_SIGNING_SECRET' | 'SLACK_PORT'>
>;

/** Slack comes to the bot with the signing secret; with the app's token the bot goes to Slack. */
function hasWayToSlack(way: WayToSlack): boolean {
  const { SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: secret, SLACK_PORT: port } = way;
  return app !== undefined || (secret !== undefined && port !== undefined);
}

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

/** What the settings say to each engine, as plain data; keys go to its process by no other way. */
export function engineOptions(settings: Settings): Record<string, Record<string, unknown>> {
  const { DARKROOM_LOOKS, ENGINE_PAIRS } = settings;
  return {
    darkroom: { ...(DARKROOM_LOOKS !== undefined && { looks: DARKROOM_LOOKS }) },
    openai: serverOptions(settings),
    reasonedit: checkpointOptions(settings),
    ...Object.fromEntries(ENGINE_PAIRS.map(({ name, ...pair }) => [name, { pair }])),
  };
}

function serverOptions(settings: Settings): Record<string, unknown> {
  const { REASONER_URL, EDITOR_URL, PROMPTS_DIR, PRICES } = settings;
  return {
    ...(REASONER_URL !== undefined && {
      reasoner: withoutUndefined({
        url: REASONER_URL,
        apiKey: settings.REASONER_API_KEY,
        model: settings.REASONER_MODEL,
        timeoutMs: settings.REASONER_TIMEOUT_SECONDS * 1_000,
        extra: settings.REASONER_EXTRA,
      }),
    }),
    ...(EDITOR_URL !== undefined && {
      editor: withoutUndefined({
        url: EDITOR_URL,
        apiKey: settings.EDITOR_API_KEY,
        model: settings.EDITOR_MODEL,
        timeoutMs: settings.EDITOR_TIMEOUT_SECONDS * 1_000,
        extra: settings.EDITOR_EXTRA,
        megapixels: settings.EDITOR_MEGAPIXELS,
        previews: settings.EDITOR_PREVIEWS,
      }),
    }),
    prices: Object.fromEntries(PRICES.map(({ model, ...price }) => [model, price])),
    ...(PROMPTS_DIR !== undefined && { prompts: PROMPTS_DIR }),
  };
}

function checkpointOptions(settings: Settings): Record<string, unknown> {
  return withoutUndefined({
    checkpoint: settings.REASONEDIT_CHECKPOINT,
    provider: settings.REASONEDIT_PROVIDER,
    memoryBytes: settings.REASONEDIT_MEMORY_GIGABYTES * 1e9,
    steps: settings.REASONEDIT_STEPS,
    guidance: settings.REASONEDIT_GUIDANCE,
    size: settings.REASONEDIT_SIZE,
    asReference: settings.REASONEDIT_AS_REFERENCE,
  });
}

const withoutUndefined = (options: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

/** What is done to pictures that an engine paints anew. */
export function keepOptions({ KEEP: asked }: Settings): Record<(typeof KEEP)[number], boolean> {
  const does = (part: (typeof KEEP)[number]) => asked.includes(part);
  return { size: does('size'), place: does('place'), pixels: does('pixels') };
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
