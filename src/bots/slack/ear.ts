import { isAppError } from '../../errors.ts';
import { withinTime } from '../../http/time-limit.ts';
import type { Call } from '../../pipeline/types.ts';
import type { Clock } from '../../queue/clock.ts';
import type { OtherMessage, Receive } from '../types.ts';
import { slackGone } from './errors.ts';
import type { Installations } from './installations.ts';
import { parseCommand } from './parse/command.ts';
import { parseEvent } from './parse/event.ts';
import type { Heard } from './parse/heard.ts';
import { parseInteraction } from './parse/interaction.ts';
import { EventFrame, SlashCommand } from './parse/payloads.ts';
import type { People } from './people.ts';
import type { Threads } from './threads.ts';

export interface EarParts {
  readonly installations: Pick<Installations, 'of' | 'only'>;
  readonly people: People;
  readonly threads: Threads;
  readonly clock: Clock;
  readonly receive: Receive;
  readonly signal: AbortSignal;
}

/** Slack waits three seconds for an acknowledgement, in which the message has to be kept as well. */
const WHO_MS = 1_000;
const MEANT_MS = 2_000;

/** Slack sends an event at most four times; by then what is not known is left open. */
const LAST_RETRY = 2;

/**
 * Hears what a payload says, and hands it over; resolves when it is kept, so that it may be acknowledged. What
 * is none of the bot's business resolves at once.
 * @param retries How often Slack has sent it before.
 * @throws Where it is better sent again.
 */
export async function hear(parts: EarParts, body: unknown, retries: number): Promise<void> {
  const found = await parse(parts, body);
  if (!found) return;
  const { heard, botUserId } = found;
  const [author, meant] = await Promise.all([
    withinTime(
      WHO_MS,
      parts,
      (call) => parts.people.of(heard.place.workspace ?? '', heard.authorId, call),
      slackGone,
    ),
    meantBy(parts, heard, botUserId, retries),
  ]);
  const { authorId: _authorId, ...rest } = heard;
  await parts.receive({ ...rest, author, ...(meant && { repliedTo: meant }) });
}

async function parse(
  { installations, clock }: EarParts,
  body: unknown,
): Promise<{ readonly heard: Heard; readonly botUserId: string } | undefined> {
  const frame = EventFrame.safeParse(body).data;
  if (frame) {
    const team = frame.authorizations?.[0]?.team_id ?? frame.team_id;
    if (frame.event.type === 'app_uninstalled' || frame.event.type === 'tokens_revoked') {
      return undefined;
    }
    const installed = await installations.of(team).catch(unlessRemoved);
    if (!installed) return undefined;
    const { botUserId } = installed;
    const heard = parseEvent(frame.event, { team, botUserId });
    return heard && { heard, botUserId };
  }
  const where = { now: clock.now(), only: await installations.only() };
  const command = SlashCommand.safeParse(body).data;
  const heard = command ? parseCommand(command, where) : parseInteraction(body, where);
  return heard && { heard, botUserId: '' };
}

/** What still comes from where the app was removed is nobody's; all else is tried again. */
function unlessRemoved(error: unknown): undefined {
  if (isAppError(error) && error.code === 'NOT_PERMITTED') return undefined;
  throw error;
}

/** That it can't be found out for good is no reason to lose the message. */
async function meantBy(
  { threads, signal }: EarParts,
  heard: Heard,
  botUserId: string,
  retries: number,
): Promise<OtherMessage | undefined> {
  if (heard.type !== 'message' || heard.kind === 'deleted' || heard.isCommand) return undefined;
  const ask = (call: Call) => threads.meantBy(heard, botUserId, call);
  try {
    return await withinTime(MEANT_MS, { signal }, ask, slackGone);
  } catch (error) {
    if (isAppError(error) && error.retryable && retries < LAST_RETRY) throw error;
    return undefined;
  }
}
