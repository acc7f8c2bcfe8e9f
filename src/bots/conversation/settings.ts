import type { Call } from '../../pipeline/types.ts';
import type { Place } from '../../store/records.ts';
import { UNCHANGED_SETTINGS } from '../../store/workspace-settings.ts';
import type { IncomingCommand } from '../types.ts';
import type { Bar, WorkspaceSettings } from '../workspace-settings.ts';
import type { Occasion, Tools } from './parts.ts';
import { whisper } from './say.ts';

/** What holds in a place; outside of workspaces nobody has decided anything. */
export async function settingsIn(
  { store }: Pick<Tools, 'store'>,
  { platform, workspace }: Place,
): Promise<WorkspaceSettings> {
  if (workspace === undefined) return UNCHANGED_SETTINGS;
  return store.workspaceSettings({ platform, workspace });
}

/** Says what holds in the workspace, after it was changed where an admin asks for that. */
export async function hearSettings(
  tools: Tools,
  occasion: Occasion<IncomingCommand>,
  call: Call,
): Promise<void> {
  const { incoming, isAdmin, person, sentences } = occasion;
  const { place, change } = incoming;
  const { platform, workspace } = place;
  const { replies } = sentences;
  const conversation = await tools.store.findConversation(place);
  const answer = (text: string) => whisper(tools, occasion, conversation, text, call);
  if (workspace === undefined) return answer(replies.noSettingsHere);
  if (change && !isAdmin) return answer(replies.settingsAreForAdmins);
  const settings = change
    ? await tools.store.changeWorkspaceSettings({ platform, workspace }, change, person)
    : occasion.settings;
  const lines = await settingsLines(tools, { ...occasion, settings }, call);
  return answer(lines.join('\n'));
}

/** What holds, in one sentence each. */
export async function settingsLines(
  { limits }: Pick<Tools, 'limits'>,
  { settings, sentences, adapter, incoming }: Occasion,
  call: Call,
): Promise<readonly string[]> {
  const { settings: says } = sentences.replies;
  const { channels, roles, followUps } = settings;
  const names = async (kind: 'channels' | 'roles', ids: readonly string[]) =>
    (await adapter.namesOf?.(incoming.place, kind, ids, call)) ?? ids;
  const daily = least(settings.dailyPerPerson, limits.turns.dailyPerPerson);
  return [
    channels.length > 0 ? says.onlyChannels(await names('channels', channels)) : says.allChannels,
    roles.length > 0 ? says.onlyRoles(await names('roles', roles)) : says.everybody,
    daily === undefined ? says.noDailyLimit : says.dailyLimit(daily),
    says.rounds(least(settings.maxRounds, limits.maxRounds) ?? limits.maxRounds),
    followUps ? says.followUps : says.noFollowUps,
  ];
}

function least(...limits: readonly (number | undefined)[]): number | undefined {
  const set = limits.filter((limit) => limit !== undefined);
  return set.length > 0 ? Math.min(...set) : undefined;
}

/** Tells somebody why they may not ask for edits here, and what to do. */
export async function sayBarred(
  tools: Tools,
  occasion: Occasion,
  bar: Bar,
  call: Call,
): Promise<void> {
  const { adapter, incoming, settings, sentences } = occasion;
  const { notInThisChannel, notYourRole } = sentences.replies;
  const [kind, ids, tell] =
    bar === 'channel'
      ? (['channels', settings.channels, notInThisChannel] as const)
      : (['roles', settings.roles, notYourRole] as const);
  const names = (await adapter.namesOf?.(incoming.place, kind, ids, call)) ?? [];
  const conversation = await tools.store.findConversation(incoming.place);
  return whisper(tools, occasion, conversation, tell(names), call);
}
