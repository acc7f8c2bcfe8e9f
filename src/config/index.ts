import { config as loadDotenv } from 'dotenv';
import type { z } from 'zod';

import { AppError } from '../errors.ts';
import { DarkroomSettings } from './darkroom.ts';
import { DiscordSettings } from './discord.ts';
import { defaultEngine, EngineSettings } from './engines.ts';
import { HealthSettings } from './health.ts';
import { KeepSettings } from './keep.ts';
import { isSecret } from './kinds.ts';
import { LimitSettings } from './limits.ts';
import { OpenaiSettings } from './openai.ts';
import { PeopleSettings } from './people.ts';
import { QueueSettings } from './queue.ts';
import { ReasoneditSettings } from './reasonedit.ts';
import { S3Settings } from './s3.ts';
import { SafetySettings } from './safety.ts';
import { SlackSettings } from './slack.ts';
import { StoreSettings } from './store.ts';
import { WebSettings } from './web.ts';

/** Every setting, its range and its default, by what it is about. `.env.example` says what each one means. */
const Settings = EngineSettings.and(LimitSettings)
  .and(PeopleSettings)
  .and(DarkroomSettings)
  .and(OpenaiSettings)
  .and(KeepSettings)
  .and(ReasoneditSettings)
  .and(QueueSettings)
  .and(StoreSettings)
  .and(S3Settings)
  .and(SafetySettings)
  .and(WebSettings)
  .and(SlackSettings)
  .and(DiscordSettings)
  .and(HealthSettings)
  .transform((settings) => ({ ...settings, ENGINE: defaultEngine(settings) }));

export type Settings = z.infer<typeof Settings>;

const SHAPE = {
  ...EngineSettings.shape,
  ...LimitSettings.shape,
  ...PeopleSettings.shape,
  ...DarkroomSettings.shape,
  ...OpenaiSettings.shape,
  ...KeepSettings.shape,
  ...ReasoneditSettings.shape,
  ...QueueSettings.shape,
  ...StoreSettings.shape,
  ...S3Settings.shape,
  ...SafetySettings.shape,
  ...WebSettings.shape,
  ...SlackSettings.shape,
  ...DiscordSettings.shape,
  ...HealthSettings.shape,
} satisfies Record<keyof Settings, z.ZodType>;

/** Names of all settings, for the tests that `.env.example` and what is in `deploy/` know each. */
export const SETTING_NAMES: readonly string[] = Object.keys(SHAPE);

/** Names of those that nobody may see, for the tests that they are shown nowhere. */
export const SECRET_NAMES: readonly string[] = Object.entries(SHAPE)
  .filter(([, setting]) => isSecret(setting))
  .map(([name]) => name);

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
