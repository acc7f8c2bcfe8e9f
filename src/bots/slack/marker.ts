import type { Call } from '../../pipeline/types.ts';
import type { ChatMessage } from '../messages.ts';
import type { Destination } from '../types.ts';
import type { Client, SlackApi } from './api.ts';

const EVENT_TYPE = 'reasonedit_message';

/** What goes with a message, unseen: which one it is, and of what. */
export function metadataOf(marker: string, message?: ChatMessage) {
  return {
    event_type: EVENT_TYPE,
    event_payload: {
      marker,
      ...(message && 'turnId' in message && { turn: message.turnId }),
      ...(message && 'round' in message && { round: message.round }),
    },
  };
}

/** A message as Slack gives it back. */
export type KeptMessage = Pick<
  NonNullable<Awaited<ReturnType<Client['conversations']['replies']>>['messages']>[number],
  'ts' | 'user' | 'text' | 'blocks' | 'files' | 'metadata'
>;

const PAGE = 200;

/** The message of ours that was posted with a marker, in the thread, or in the channel where there is none. */
export async function findMarked(
  api: SlackApi,
  { place }: Destination,
  marker: string,
  since: number,
  call: Call,
): Promise<string | undefined> {
  const { workspace = '', channel, thread } = place;
  // Slack takes 0 for the beginning, and not a time before it.
  const oldest = String(Math.max(0, since / 1_000));
  for (let cursor: string | undefined; ;) {
    const page = await api.ask(
      workspace,
      ({ conversations }) => {
        const asked = {
          channel,
          oldest,
          limit: PAGE,
          include_all_metadata: true,
          ...(cursor !== undefined && { cursor }),
        };
        return thread === undefined
          ? conversations.history(asked)
          : conversations.replies({ ...asked, ts: thread });
      },
      call,
    );
    const messages: readonly KeptMessage[] = page.messages ?? [];
    const found = messages.find(({ metadata }) => markerIn(metadata) === marker);
    if (found?.ts !== undefined) return found.ts;
    cursor = page.response_metadata?.next_cursor;
    if (!cursor) return undefined;
  }
}

function markerIn(metadata: KeptMessage['metadata']): unknown {
  if (metadata?.event_type !== EVENT_TYPE) return undefined;
  const payload: Readonly<Record<string, unknown>> = { ...metadata.event_payload };
  return payload['marker'];
}
