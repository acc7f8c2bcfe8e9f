import type { Call } from '../../pipeline/types.ts';
import type { PlacedTurn } from '../../store/types.ts';
import type { RecentRequest } from '../home.ts';
import { clip, plain, plainLine } from '../plain-text.ts';
import { destinationOf, type Occasion, type Tools } from './parts.ts';
import { button, whisper } from './say.ts';
import { settingsLines } from './settings.ts';

const RECENT = { requests: 10, titleCharacters: 80 } as const;

/** Lists what somebody has asked for lately, wherever that was. */
export async function tellRecent(tools: Tools, occasion: Occasion, call: Call): Promise<void> {
  const { recent: title, noRecent } = occasion.sentences.replies;
  const lines = (await recentOf(tools, occasion)).map(
    (request) =>
      `• ${request.title}: ${request.line}${request.link === undefined ? '' : `\n${request.link}`}`,
  );
  const text = lines.length > 0 ? [title, ...lines].join('\n') : noRecent;
  return whisper(tools, occasion, undefined, text, call);
}

/** Paints what somebody sees of the bot on a page of its own. */
export async function showHome(tools: Tools, occasion: Occasion, call: Call): Promise<void> {
  const { adapter, incoming, sentences, settings, isAdmin, key } = occasion;
  if (!adapter.showHome) return;
  const { replies } = sentences;
  const recent = await recentOf(tools, occasion);
  const lines = await settingsLines(tools, occasion, call);
  const home = {
    locale: sentences.locale,
    help: plain(replies.help),
    recentTitle: plainLine(recent.length > 0 ? replies.recent : replies.noRecent),
    recent,
    settingsLines: lines.map(plainLine),
    settings,
    isAdmin,
    forgetMe: {
      question: plain(replies.forgetMe),
      button: button(sentences, { action: 'forget-me', turnId: key }, 'danger'),
    },
  };
  await adapter.showHome(destinationOf(occasion), incoming.author, home, call);
}

async function recentOf(tools: Tools, occasion: Occasion): Promise<readonly RecentRequest[]> {
  const placed = await tools.store.turnsOfPerson(occasion.person, RECENT.requests);
  return Promise.all(placed.map((each) => requestOf(tools, occasion, each)));
}

async function requestOf(
  { store, clock }: Tools,
  { sentences, adapter }: Occasion,
  { turn, place }: PlacedTurn,
): Promise<RecentRequest> {
  const { request, stateAndTime } = sentences.replies;
  const posted = (await store.posts(turn.id)).findLast(({ messageId }) => messageId !== undefined);
  const link = posted?.messageId && adapter.linkTo?.(place, posted.messageId);
  return {
    title: plainLine(request(clip(plainLine(turn.prompt), RECENT.titleCharacters))),
    state: turn.state,
    line: plainLine(stateAndTime(turn.state, clock.now() - turn.createdAt)),
    at: turn.createdAt,
    place,
    ...(link && { link }),
  };
}
