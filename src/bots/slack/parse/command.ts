import { keyOf, placeOf, type Circumstances, type Heard } from './heard.ts';
import type { SlashCommand } from './payloads.ts';

/** The slash command, as the manifest names it. */
export const COMMAND = '/edit';

/** Words after the command that ask for no edit. */
const COMMANDS = {
  help: 'help',
  history: 'history',
  settings: 'settings',
  'forget me': 'forget-me',
} as const;

/** What `/edit help` and the like ask for; undefined where it asks for the form. */
export function parseCommand(
  { command, text, team_id: told, channel_id: channel, user_id: authorId, trigger_id: id }: Fields,
  { now, only }: Circumstances,
): Heard | undefined {
  const words = text.trim().toLowerCase();
  const asked = Object.entries(COMMANDS).find(([name]) => name === words)?.[1];
  if (command !== COMMAND || asked === undefined) return undefined;
  const team = only ?? told;
  return {
    type: 'command',
    key: keyOf(team, 'command', id),
    place: placeOf(team, channel),
    authorId,
    sentAt: now,
    context: {},
    command: asked,
  };
}

type Fields = ReturnType<typeof SlashCommand.parse>;
