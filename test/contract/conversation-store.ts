import type { Bench } from '../support/conversation-homes.ts';
import { describeConversations } from './conversation-store/conversations.ts';
import { describeDelivery } from './conversation-store/delivery.ts';
import { describeHeads } from './conversation-store/heads.ts';
import { describePeople } from './conversation-store/people.ts';
import { describeRemoval } from './conversation-store/removal.ts';
import { describeTurnLife } from './conversation-store/turn-life.ts';
import { describeTurns } from './conversation-store/turns.ts';
import { describeWorkspaces } from './conversation-store/workspaces.ts';

/** What every `ConversationStore` must do, whatever it keeps its data in. */
export function conversationStoreContract(bench: Bench): void {
  describeConversations(bench);
  describeTurns(bench);
  describeTurnLife(bench);
  describeHeads(bench);
  describeDelivery(bench);
  describePeople(bench);
  describeWorkspaces(bench);
  describeRemoval(bench);
}
