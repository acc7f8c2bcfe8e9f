import { z } from 'zod';

/** What the admins of a workspace (a Discord server, a Slack workspace) decide for it. */
export interface WorkspaceSettings {
  /** Ids of the only channels where the bot works (threads belong to their channel); empty: all. */
  readonly channels: readonly string[];
  /** Ids of the only roles that may ask; empty: everybody. */
  readonly roles: readonly string[];
  /** Requests per person and day; absent: as the operator says. */
  readonly dailyPerPerson?: number;
  /** Most rounds of a turn; absent: as the operator says. */
  readonly maxRounds?: number;
  /** Whether messages in a thread that do not mention the bot are taken as requests. */
  readonly followUps: boolean;
}

/** What is to be different; null takes a number back to what the operator says. */
export type WorkspaceSettingsChange = Partial<{
  readonly channels: readonly string[];
  readonly roles: readonly string[];
  readonly dailyPerPerson: number | null;
  readonly maxRounds: number | null;
  readonly followUps: boolean;
}>;

/** What holds where nobody has decided anything. */
export const UNCHANGED_SETTINGS: WorkspaceSettings = Object.freeze({
  channels: [],
  roles: [],
  followUps: true,
});

const ids = z.array(z.string());
const count = z.int().positive();

export const WorkspaceSettingsSchema = z.object({
  channels: ids,
  roles: ids,
  dailyPerPerson: count.exactOptional(),
  maxRounds: count.exactOptional(),
  followUps: z.boolean(),
}) satisfies z.ZodType<WorkspaceSettings>;

/** Settings with a change: each id once, counts whole and 1 or more. */
export function withChange(
  { dailyPerPerson, maxRounds, ...settings }: WorkspaceSettings,
  change: WorkspaceSettingsChange,
): WorkspaceSettings {
  const { channels = settings.channels, roles = settings.roles } = change;
  const daily = change.dailyPerPerson === undefined ? dailyPerPerson : change.dailyPerPerson;
  const rounds = change.maxRounds === undefined ? maxRounds : change.maxRounds;
  return {
    channels: [...new Set(channels)],
    roles: [...new Set(roles)],
    followUps: change.followUps ?? settings.followUps,
    ...(isNumber(daily) && { dailyPerPerson: positive(daily) }),
    ...(isNumber(rounds) && { maxRounds: positive(rounds) }),
  };
}

const isNumber = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined;

const positive = (value: number): number => Math.max(1, Math.trunc(value) || 1);
