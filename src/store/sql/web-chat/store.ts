import type { WebChat } from '../../web-chat.ts';
import { changes } from './changes.ts';
import type { WebChatContext } from './context.ts';
import { pictures } from './pictures.ts';
import { posts } from './posts.ts';
import { said } from './said.ts';
import { threads } from './threads.ts';

/** The local chat over one database, which it owns from here on. */
export function webChat(context: WebChatContext): WebChat {
  return {
    ...threads(context),
    ...said(context),
    ...posts(context),
    ...pictures(context),
    ...changes(context),
    [Symbol.asyncDispose]: () => context.database.close(),
  };
}
