import { isDeepStrictEqual } from 'node:util';

import {
  OAuth2Scopes,
  PermissionFlagsBits,
  Routes,
  type APIApplication,
  type REST,
} from 'discord.js';

import type { Call } from '../../pipeline/types.ts';
import { request } from './calls.ts';
import { allCommands } from './commands.ts';

/** What the bot needs where it is to work. */
const PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.CreatePublicThreads |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.AddReactions;

export interface Registered {
  /** False where all commands were there already as they should be. */
  readonly changed: boolean;
  readonly commands: number;
  readonly application: { readonly id: string; readonly name: string };
  readonly inviteUrl: string;
}

/** Makes the app's commands what they should be; writes only where they differ. */
export async function registerCommands(rest: REST, call: Call): Promise<Registered> {
  const application = await request<APIApplication>(
    rest,
    { method: 'get', route: Routes.currentApplication() },
    call,
  );
  const { id, name } = application;
  const route = Routes.applicationCommands(id);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const there = await request<object[]>(rest, { method: 'get', route, query }, call);
  const wanted = allCommands();
  const changed = !isDeepStrictEqual(inOrder(there), inOrder(wanted));
  if (changed) await request(rest, { method: 'put', route, body: wanted }, call);
  const inviteUrl = inviteLink(id);
  return { changed, commands: wanted.length, application: { id, name }, inviteUrl };
}

/** Where an admin of a server adds the bot to it. */
export function inviteLink(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(' '),
    permissions: String(PERMISSIONS),
  });
  return `https://discord.com/oauth2/authorize?${query.toString()}`;
}

/** The fields that we set, in their plainest form: Discord leaves out or adds what is a default. */
const OURS: ReadonlySet<string> = new Set([
  'type',
  'name',
  'name_localizations',
  'description',
  'description_localizations',
  'options',
  'required',
  'autocomplete',
  'min_value',
  'max_value',
  'max_length',
  'integration_types',
  'contexts',
  'default_member_permissions',
]);

function inOrder(commands: readonly object[]): unknown[] {
  const plain = commands.map(plainest) as { readonly name: string; readonly type: number }[];
  return plain.toSorted((one, other) =>
    `${one.type} ${one.name}`.localeCompare(`${other.type} ${other.name}`),
  );
}

function plainest(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.every((item) => typeof item === 'number')
      ? value.toSorted((one, other) => one - other)
      : value.map(plainest);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, inner]) => {
    const isLocale = !('type' in value);
    if (!isLocale && !OURS.has(name)) return [];
    const isDefault =
      inner === null ||
      inner === undefined ||
      inner === false ||
      inner === '' ||
      (Array.isArray(inner) && inner.length === 0);
    return isDefault ? [] : [[name, plainest(inner)]];
  });
  return Object.fromEntries(entries);
}
