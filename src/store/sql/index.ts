import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';

import { sql } from 'kysely';

import type { StoreSettings } from '../../config/store.ts';
import { fileFailure } from '../file-failures.ts';
import { codeOf, translated } from '../failures.ts';
import type { SlackInstalls } from '../slack-installs.ts';
import type { ConversationStore } from '../types.ts';
import type { WebChat } from '../web-chat.ts';
import { openDatabase, type Database } from './database.ts';
import { postgresDialect } from './dialects/postgres.ts';
import { sqliteLog } from './dialects/sqlite-log.ts';
import { sqliteDialect } from './dialects/sqlite.ts';
import { migrate } from './migrate.ts';
import { slackInstalls } from './slack-installs.ts';
import { conversationStore } from './store.ts';
import { webChat } from './web-chat/store.ts';

export interface ConversationStoreOptions {
  /** Milliseconds since the epoch. Default: this machine's clock. */
  readonly now?: () => number;
}

/** How long a statement waits for another; migrations may take their time. */
const PATIENCE_MS = 10_000;
const MIGRATION_PATIENCE_MS = 600_000;

/**
 * The conversations in PostgreSQL where `DATABASE_URL` names one, else in a SQLite file in
 * `DATA_DIR`, brought to the newest schema.
 * @throws {AppError} `STORE_UNAVAILABLE` or `STORAGE_FULL`
 */
export async function openConversationStore(
  settings: HomeSettings & Pick<StoreSettings, 'AUDIT_TEXT'>,
  { now = Date.now }: ConversationStoreOptions = {},
): Promise<ConversationStore> {
  const database = await openHome(settings);
  return conversationStore({ database, now, auditText: settings.AUDIT_TEXT });
}

/**
 * The local chat's threads, kept beside the conversations.
 * @throws {AppError} `STORE_UNAVAILABLE` or `STORAGE_FULL`
 */
export async function openWebChat(
  settings: HomeSettings,
  { now = Date.now }: ConversationStoreOptions = {},
): Promise<WebChat> {
  return webChat({ database: await openHome(settings), now });
}

/**
 * Where the app is installed at Slack, kept beside the conversations.
 * @throws {AppError} `STORE_UNAVAILABLE` or `STORAGE_FULL`
 */
export async function openSlackInstalls(settings: HomeSettings): Promise<SlackInstalls> {
  return slackInstalls({ database: await openHome(settings), now: Date.now });
}

/** Where the conversations are. */
export type HomeSettings = Pick<StoreSettings, 'DATA_DIR' | 'DATABASE_URL'>;

function openHome({ DATA_DIR: folder, DATABASE_URL: url }: HomeSettings): Promise<Database> {
  return url === undefined ? openSqlite(folder) : openPostgres(url);
}

async function openSqlite(folder: string): Promise<Database> {
  const path = join(folder, 'reasonedit.sqlite');
  await translated('data folder', fileFailure, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await createPrivate(path);
  });
  const dialect = sqliteDialect(path);
  await migrate(dialect);
  const clock = sql<number>`cast(unixepoch('subsec') * 1000 as integer)`;
  return openDatabase({ dialect, clock, log: sqliteLog(path) });
}

/**
 * SQLite would make a file that everybody may read. One that is there is left alone: to close it
 * would take away the locks of every connection of this process.
 */
async function createPrivate(path: string): Promise<void> {
  try {
    await (await open(path, 'wx', 0o600)).close();
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

async function openPostgres(url: string): Promise<Database> {
  await migrate(postgresDialect(url, MIGRATION_PATIENCE_MS));
  const clock = sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`;
  return openDatabase({ dialect: postgresDialect(url, PATIENCE_MS), clock });
}
