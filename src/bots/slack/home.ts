import type { types } from '@slack/bolt';

import type { Home, RecentRequest } from '../home.ts';
import { plain } from '../plain-text.ts';
import { actions, LIMITS, smallWords, title, words, type Block } from './paint/blocks.ts';
import { quiet } from './mrkdwn.ts';
import { wordsFor } from './words.ts';

/** Opens the settings form; no request, so that it is the adapter's own. */
export const OPEN_SETTINGS = 'open_settings';

const MAX_RECENT = 20;

/**
 * The page of the app, as one person sees it.
 * @param channel The person's own with the bot, where what is pressed here is answered.
 */
export function paintHome(home: Home, channel: string): types.HomeView {
  const { locale, help, recentTitle, recent, settingsLines, isAdmin, forgetMe } = home;
  const captions = wordsFor(locale);
  const settings = settingsLines.map((line) => `• ${line}`).join('\n');
  const blocks: Block[] = [
    ...words(help, 'help'),
    { type: 'divider' },
    ...title(recentTitle, 'recent'),
    ...recent
      .slice(0, MAX_RECENT)
      .map((request, index) => recentBlock(request, index, captions.openThread)),
    { type: 'divider' },
    ...title(plain(captions.settingsTitle), 'settings'),
    ...words(plain(settings), 'settings.lines'),
    ...(isAdmin ? [settingsButton(captions.settingsChange, home)] : []),
    { type: 'divider' },
    ...smallWords(forgetMe.question, 'forget'),
    ...actions([forgetMe.button]),
  ];
  return {
    type: 'home',
    private_metadata: channel,
    blocks: blocks.slice(0, MAX_BLOCKS),
  };
}

/** Pages may have more blocks than messages. */
const MAX_BLOCKS = 100;

function recentBlock(
  { title: asked, line, link }: RecentRequest,
  index: number,
  open: string,
): Block {
  const shown = [asked, line].filter((part) => part !== '');
  const [first = plain('·'), ...rest] = shown;
  return {
    type: 'section',
    block_id: `recent.${index}`,
    text: {
      type: 'mrkdwn',
      text: [`*${quiet(first)}*`, ...rest.map(quiet)].join('\n').slice(0, LIMITS.text),
      verbatim: true,
    },
    ...(link !== undefined && {
      accessory: {
        type: 'button',
        action_id: `open.${index}`,
        text: { type: 'plain_text', text: open },
        url: link,
      },
    }),
  };
}

function settingsButton(label: string, { settings, locale }: Home): Block {
  return {
    type: 'actions',
    block_id: 'settings.actions',
    elements: [
      {
        type: 'button',
        action_id: OPEN_SETTINGS,
        // What holds comes back with the press, so that nobody has to be asked.
        value: JSON.stringify({ settings, locale }).slice(0, MAX_VALUE),
        text: { type: 'plain_text', text: label },
      },
    ],
  };
}

const MAX_VALUE = 2_000;
