import { Refusal } from './refusal.ts';
import type { ChannelKind } from './types.ts';
import type { Workspace } from './workspace.ts';

/** What a method needs, whatever it is called with; any one of those named. */
const METHOD_SCOPES: Readonly<Record<string, readonly string[]>> = {
  'assistant.threads.setStatus': ['assistant:write', 'chat:write'],
  'assistant.threads.setSuggestedPrompts': ['assistant:write'],
  'assistant.threads.setTitle': ['assistant:write'],
  'bots.info': ['users:read'],
  'chat.delete': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.join': ['channels:join'],
  'conversations.open': ['im:write'],
  'files.completeUploadExternal': ['files:write'],
  'files.delete': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'reactions.add': ['reactions:write'],
  'reactions.remove': ['reactions:write'],
  'team.info': ['team:read'],
  'users.info': ['users:read'],
};

/** What an event needs. */
const EVENT_SCOPES: Readonly<Record<string, string>> = {
  app_mention: 'app_mentions:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  'message.mpim': 'mpim:history',
  reaction_added: 'reactions:read',
  reaction_removed: 'reactions:read',
  assistant_thread_started: 'assistant:write',
  assistant_thread_context_changed: 'assistant:write',
  file_shared: 'files:read',
};

/** How scopes and events call the kinds of channels. */
export const KIND_NAMES: Readonly<Record<ChannelKind, string>> = {
  channel: 'channels',
  group: 'groups',
  im: 'im',
  mpim: 'mpim',
};

/** @throws {Refusal} */
export function demandScope({ scopes }: Workspace, ...needed: readonly string[]): void {
  if (needed.length === 0 || needed.some((scope) => scopes.has(scope))) return;
  throw new Refusal('missing_scope', {
    needed: needed.join(','),
    provided: [...scopes].join(','),
  });
}

export const demandMethodScope = (workspace: Workspace, method: string): void =>
  demandScope(workspace, ...(METHOD_SCOPES[method] ?? []));

export function mayHear({ scopes }: Workspace, event: string): boolean {
  const needed = EVENT_SCOPES[event];
  return needed === undefined || scopes.has(needed);
}
