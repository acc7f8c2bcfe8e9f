import type { Call } from '../../pipeline/types.ts';
import type { WebMessage } from '../../store/web-chat.ts';
import type { ServerTools } from './server.ts';

/** Messages in one event; a long thread comes in several. */
const BATCH = 100;
/** Also how long it takes at most until what another process wrote is seen. */
const HEARTBEAT_MS = 5_000;

/**
 * The chat as events for one reader, until the signal aborts, which ends it quietly: `changes` with
 * all that is new up to the revision in `id`, and `ready` when there is no more for now. Each event
 * is whole, so that a reader who comes back with the last id has missed nothing and gets nothing twice.
 */
export async function* readChat(
  { chat, bells, clock }: Pick<ServerTools, 'chat' | 'bells' | 'clock'>,
  threadId: string | undefined,
  after: number,
  call: Call,
): AsyncGenerator<string, void> {
  const bell = bells.hang();
  let revision = after;
  let isReady = false;
  try {
    for (;;) {
      const { isWhole, ...changes } = await chat.changes(revision, threadId, BATCH);
      if (changes.revision < revision) {
        // It has seen another chat, whose data is gone.
        revision = 0;
        yield 'event: reset\ndata: {}\n\n';
        continue;
      }
      if (changes.threads.length > 0 || changes.messages.length > 0) {
        yield `event: changes\nid: ${changes.revision}\ndata: ${textOf(changes)}\n\n`;
      }
      revision = changes.revision;
      if (!isWhole) continue;
      yield isReady ? ': still here\n\n' : `event: ready\nid: ${revision}\ndata: {}\n\n`;
      isReady = true;
      await bell.wait(clock, clock.now() + HEARTBEAT_MS, call);
    }
  } catch (error) {
    if (!call.signal.aborted) throw error;
  } finally {
    bells.takeDown(bell);
  }
}

function textOf({
  threads,
  messages,
}: {
  readonly threads: readonly unknown[];
  readonly messages: readonly WebMessage[];
}): string {
  return JSON.stringify({
    threads,
    messages: messages.map(({ content, ...message }) => ({
      ...message,
      ...(!message.isDeleted && { content: JSON.parse(content) as unknown }),
    })),
  });
}
