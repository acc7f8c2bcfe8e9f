import { createHash } from 'node:crypto';

import { MessageFlags, Routes, type REST } from 'discord.js';

import { isAppError } from '../../errors.ts';
import type { Call } from '../../pipeline/types.ts';
import type { PlainText } from '../plain-text.ts';
import type { Destination } from '../types.ts';
import { notice } from './answers.ts';
import { request } from './calls.ts';
import { channelIn, rootOf } from './places.ts';
import type { InteractionTokens } from './tokens.ts';

/**
 * Answers to what one person did. Discord shows only to them what answers an interaction; a message is answered by a reply
 * to it, which all can read and nobody is pinged by. A reaction can't be answered.
 */
export class Replies {
  readonly #rest: REST;
  readonly #tokens: InteractionTokens;

  constructor(rest: REST, tokens: InteractionTokens) {
    this.#rest = rest;
    this.#tokens = tokens;
  }

  async give({ place, context }: Destination, text: PlainText, call: Call): Promise<void> {
    call.signal.throwIfAborted();
    const { interaction, message } = context;
    if (interaction !== undefined) return this.#toInteraction(interaction, text, call);
    if (message === undefined || rootOf(place) !== undefined) return;
    const nonce = createHash('sha256').update(`${message}:${text}`).digest('hex').slice(0, 20);
    await request(
      this.#rest,
      {
        method: 'post',
        route: Routes.channelMessages(channelIn(place)),
        body: {
          ...notice(text),
          message_reference: { message_id: message, fail_if_not_exists: false },
          nonce,
          enforce_nonce: true,
        },
      },
      call,
    );
  }

  /** What can't be said any more to the one whom it is for is said to nobody. */
  async #toInteraction(interactionId: string, text: PlainText, call: Call): Promise<void> {
    const kept = this.#tokens.of(interactionId);
    if (!kept) return;
    const { applicationId, token, isPending } = kept;
    const body = notice(text);
    try {
      await request(
        this.#rest,
        isPending
          ? {
              method: 'patch',
              route: Routes.webhookMessage(applicationId, token, '@original'),
              body,
              auth: false,
            }
          : {
              method: 'post',
              route: Routes.webhook(applicationId, token),
              body: { ...body, flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral },
              auth: false,
            },
        call,
      );
      kept.isPending = false;
    } catch (error) {
      if (!isAppError(error) || error.code !== 'CHANNEL_GONE') throw error;
    }
  }
}
