import type {
  APIGuildMember,
  APIRole,
  APIUser,
  GuildMemberFlags,
  RoleFlags,
  UserFlags,
} from 'discord.js';

import { timeOf } from '../snowflakes.ts';
import type { FakeMember, FakeRole, FakeUser } from '../records.ts';

export const userPayload = ({ id, username, isBot }: FakeUser): APIUser => ({
  id,
  username,
  discriminator: isBot ? '4242' : '0',
  global_name: isBot ? null : `${username.charAt(0).toUpperCase()}${username.slice(1)}`,
  avatar: null,
  public_flags: 0 as UserFlags,
  ...(isBot && { bot: true }),
});

export const memberPayload = (member: FakeMember): APIGuildMember => ({
  user: userPayload(member.user),
  ...bareMemberPayload(member),
});

/** A member as it comes beside its user. */
export const bareMemberPayload = ({ roleIds, joinedAt }: FakeMember) => ({
  nick: null,
  avatar: null,
  banner: null,
  roles: roleIds,
  joined_at: new Date(joinedAt).toISOString(),
  premium_since: null,
  communication_disabled_until: null,
  deaf: false,
  mute: false,
  pending: false,
  flags: 0 as GuildMemberFlags,
});

export const rolePayload = ({ id, name, permissions }: FakeRole, position: number): APIRole => ({
  id,
  name,
  permissions: String(permissions),
  position,
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  icon: null,
  unicode_emoji: null,
  managed: false,
  mentionable: false,
  flags: 0 as RoleFlags,
});

export const iso = (ms: number): string => new Date(ms).toISOString();

export const createdAt = (id: string): string => iso(timeOf(id));
