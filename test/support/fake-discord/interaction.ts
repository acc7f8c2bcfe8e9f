import type { InteractionContextType, InteractionType } from 'discord.js';

import { userPayload } from './payloads/people.ts';
import type { FakeChannel, FakeUser } from './records.ts';
import type { ModalForm } from './rules/modal.ts';

/** How the bot acknowledged an interaction. */
export type Acknowledgement =
  'message' | 'deferred' | 'deferred-update' | 'update' | 'choices' | 'modal';

export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

interface Facts {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly user: FakeUser;
  readonly channel: FakeChannel;
  readonly createdAt: number;
  readonly context: InteractionContextType;
  /** Only the person has the bot: its own token reaches nothing there. */
  readonly isPersonal: boolean;
  /** The message whose button was pressed, or that the form came from. */
  readonly messageId?: string;
  readonly commandName?: string;
}

/** Something that a person did with the bot, and what came of it. */
export class Interaction {
  readonly facts: Facts;
  acknowledgement?: Acknowledgement;
  /** How long the bot took: milliseconds. */
  acknowledgedAfterMs?: number;
  /** The message that answers it first. */
  originalId?: string;
  followUps = 0;
  modal?: ModalForm;
  choices: readonly Choice[] = [];

  constructor(facts: Facts) {
    this.facts = facts;
  }

  get id(): string {
    return this.facts.id;
  }

  /** What a message that answers it says of it. */
  metadata(): object {
    const { id, type, user, messageId } = this.facts;
    return {
      id,
      type,
      user: userPayload(user),
      authorizing_integration_owners: ownersOf(this.facts),
      ...(this.originalId !== undefined && { original_response_message_id: this.originalId }),
      ...(messageId !== undefined && { interacted_message_id: messageId }),
    };
  }
}

/** Through whose installation an interaction came: 0 for a guild's, 1 for a person's. */
export function ownersOf({
  isPersonal,
  channel,
  user,
}: Pick<Facts, 'isPersonal' | 'channel' | 'user'>): object {
  return isPersonal ? { 1: user.id } : { 0: channel.guildId ?? '0' };
}
