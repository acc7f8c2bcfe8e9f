import type { Migration } from 'kysely';

import { up as conversations } from './0001-conversations.ts';
import { up as webChat } from './0002-web-chat.ts';
import { up as workspaces } from './0003-workspaces.ts';
import { up as slackInstalls } from './0004-slack-installs.ts';
import { up as kept } from './0005-kept.ts';
import { up as webOpinions } from './0006-web-opinions.ts';

/**
 * All migrations by name, in the order of their names. One that was released is never changed:
 * a change of the schema is a new one.
 */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-conversations': { up: conversations },
  '0002-web-chat': { up: webChat },
  '0003-workspaces': { up: workspaces },
  '0004-slack-installs': { up: slackInstalls },
  '0005-kept': { up: kept },
  '0006-web-opinions': { up: webOpinions },
};
