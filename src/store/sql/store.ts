import type { ConversationStore } from '../types.ts';
import { auditLog } from './audit.ts';
import type { StoreContext } from './context.ts';
import { conversations } from './conversations.ts';
import { inbox } from './inbox.ts';
import { leases } from './leases.ts';
import { headMoves } from './move-head.ts';
import { opinions } from './opinions.ts';
import { posts } from './posts.ts';
import { removal } from './removal.ts';
import { turns } from './turns.ts';
import { usages } from './usage.ts';
import { workspaces } from './workspaces.ts';

/** The whole store over one database, which it owns from here on. */
export function conversationStore(context: StoreContext): ConversationStore {
  return {
    ...conversations(context),
    ...headMoves(context),
    ...inbox(context),
    ...turns(context),
    ...leases(context),
    ...posts(context),
    ...opinions(context),
    ...usages(context),
    ...auditLog(context),
    ...workspaces(context),
    ...removal(context),
    [Symbol.asyncDispose]: () => context.database.close(),
  };
}
