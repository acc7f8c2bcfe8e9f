import { InteractionResponseType, InteractionType, MessageFlags, MessageType } from 'discord.js';
import { z } from 'zod';

import { failure, invalidForm } from '../api-error.ts';
import {
  changeBotMessage,
  postBotMessage,
  readBotMessage,
  type BotMessage,
} from '../bot-messages.ts';
import type { Acknowledgement, Interaction } from '../interaction.ts';
import { addMessage, removeMessage } from '../messages.ts';
import { messagePayload } from '../payloads/message.ts';
import type { FakeMessage } from '../records.ts';
import { readModal } from '../rules/modal.ts';
import type { World } from '../world.ts';
import { param, type RestCall, type Route } from './route.ts';

const Callback = z.looseObject({
  type: z.int(),
  data: z.looseObject({ flags: z.int().nullish() }).nullish(),
});
const Choices = z.strictObject({
  choices: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(100),
        name_localizations: z.record(z.string(), z.string()).nullish(),
        value: z.union([z.string().max(100), z.number()]),
      }),
    )
    .max(25),
});

const KINDS: Readonly<Record<number, Acknowledgement>> = {
  [InteractionResponseType.ChannelMessageWithSource]: 'message',
  [InteractionResponseType.DeferredChannelMessageWithSource]: 'deferred',
  [InteractionResponseType.DeferredMessageUpdate]: 'deferred-update',
  [InteractionResponseType.UpdateMessage]: 'update',
  [InteractionResponseType.ApplicationCommandAutocompleteResult]: 'choices',
  [InteractionResponseType.Modal]: 'modal',
};
const WEBHOOK = '/webhooks/:app/:token';
const RESPONSE = `${WEBHOOK}/messages/:message`;

export const interactionRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/interactions/:interaction/:token/callback',
    needs: 'nothing',
    answer: async (world, call) => {
      const interaction = world.interactions.get(param(call, 'interaction'));
      if (interaction?.facts.token !== param(call, 'token')) throw failure(10_062);
      const afterMs = world.clock.now() - interaction.facts.createdAt;
      if (interaction.acknowledgement) throw failure(40_060);
      if (afterMs > world.limits.acknowledgeMs) throw failure(10_062);
      const message = await acknowledge(world, interaction, call);
      interaction.acknowledgedAfterMs = afterMs;
      world.changed();
      if (call.query.get('with_response') !== 'true') return undefined;
      return responseOf(world, interaction, message);
    },
  },
  {
    method: 'POST',
    path: WEBHOOK,
    needs: 'nothing',
    answer: async (world, call) => {
      const interaction = answered(world, call);
      const { channel, isPersonal } = interaction.facts;
      const first = originalOf(world, interaction);
      // Right after a deferral it is the same as an edit of that.
      if (first?.isLoading) {
        return shown(world, await changeBotMessage(world, channel, first, call));
      }
      if (isPersonal && interaction.followUps >= world.limits.followUps) throw failure(40_094);
      const message = await read(world, interaction, call);
      interaction.followUps += 1;
      return shown(world, post(world, interaction, message, MessageType.Reply));
    },
  },
  {
    method: 'GET',
    path: RESPONSE,
    needs: 'nothing',
    answer: (world, call) => shown(world, own(world, answered(world, call), call)),
  },
  {
    method: 'PATCH',
    path: RESPONSE,
    needs: 'nothing',
    answer: async (world, call) => {
      const interaction = answered(world, call);
      const message = own(world, interaction, call);
      const { channel } = interaction.facts;
      return shown(world, await changeBotMessage(world, channel, message, call));
    },
  },
  {
    method: 'DELETE',
    path: RESPONSE,
    needs: 'nothing',
    answer: (world, call) => {
      removeMessage(world, own(world, answered(world, call), call));
    },
  },
];

/** Does what the bot answers first. Returns the message that came of it. */
async function acknowledge(
  world: World,
  interaction: Interaction,
  call: RestCall,
): Promise<FakeMessage | undefined> {
  const parsed = Callback.safeParse(call.body);
  if (!parsed.success) throw invalidForm('type', 'BASE_TYPE_REQUIRED', 'This field is required');
  const { type, data } = parsed.data;
  const kind = KINDS[type];
  if (kind === undefined || !isFitting(interaction, kind)) {
    throw invalidForm('type', 'INTERACTION_RESPONSE_TYPE_INVALID', `${type} is no answer to this.`);
  }
  const inner = { ...call, body: data ?? {} };
  switch (kind) {
    case 'message': {
      const message = await read(world, interaction, inner);
      interaction.acknowledgement = kind;
      return asOriginal(interaction, post(world, interaction, message, responseType(interaction)));
    }
    case 'deferred': {
      interaction.acknowledgement = kind;
      const isEphemeral = ((data?.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
      return asOriginal(interaction, postLoading(world, interaction, isEphemeral));
    }
    case 'deferred-update':
      interaction.acknowledgement = kind;
      interaction.originalId = interaction.facts.messageId ?? '';
      return originalOf(world, interaction);
    case 'update': {
      const message = world.messages.get(interaction.facts.messageId ?? '');
      if (!message || message.isDeleted) throw failure(10_008);
      await changeBotMessage(world, interaction.facts.channel, message, inner);
      interaction.acknowledgement = kind;
      return asOriginal(interaction, message);
    }
    case 'choices': {
      const choices = Choices.safeParse(data);
      if (!choices.success) {
        throw invalidForm('data.choices', 'BASE_TYPE_INVALID', choices.error.message);
      }
      interaction.acknowledgement = kind;
      interaction.choices = choices.data.choices;
      return undefined;
    }
    case 'modal':
      interaction.modal = readModal(data);
      interaction.acknowledgement = kind;
      return undefined;
  }
  return kind satisfies never;
}

/** Which answers there are to what. */
function isFitting({ facts }: Interaction, kind: Acknowledgement): boolean {
  const { type, messageId } = facts;
  if (type === InteractionType.ApplicationCommandAutocomplete) return kind === 'choices';
  if (kind === 'choices') return false;
  if (kind === 'modal') return type !== InteractionType.ModalSubmit;
  if (kind === 'update' || kind === 'deferred-update') return messageId !== undefined;
  return true;
}

function asOriginal(interaction: Interaction, message: FakeMessage): FakeMessage {
  interaction.originalId = message.id;
  return message;
}

const responseType = ({ facts }: Interaction): MessageType => {
  if (facts.type !== InteractionType.ApplicationCommand) return MessageType.Reply;
  return facts.messageId === undefined
    ? MessageType.ChatInputCommand
    : MessageType.ContextMenuCommand;
};

function postLoading(world: World, interaction: Interaction, isEphemeral: boolean): FakeMessage {
  const { channel, user, id } = interaction.facts;
  return addMessage(world, channel, {
    author: world.bot,
    type: responseType(interaction),
    flags: MessageFlags.Loading | (isEphemeral ? MessageFlags.Ephemeral : 0),
    isLoading: true,
    interactionId: id,
    ...(isEphemeral && { ephemeralFor: user.id }),
  });
}

function read(world: World, interaction: Interaction, call: RestCall): Promise<BotMessage> {
  const flags = (call.body as { flags?: number } | undefined)?.flags ?? 0;
  const isEphemeral = (flags & MessageFlags.Ephemeral) !== 0;
  return readBotMessage(world, interaction.facts.channel, call, isEphemeral);
}

function post(
  world: World,
  interaction: Interaction,
  message: BotMessage,
  type: MessageType,
): FakeMessage {
  const { channel, user, id } = interaction.facts;
  return postBotMessage(world, channel, message, {
    type,
    interactionId: id,
    ...(message.flags & MessageFlags.Ephemeral && { ephemeralFor: user.id }),
  });
}

/** The interaction with a token that still holds, and that was acknowledged. */
function answered(world: World, call: RestCall): Interaction {
  const token = param(call, 'token');
  const found = [...world.interactions.values()].find(({ facts }) => facts.token === token);
  if (!found || param(call, 'app') !== world.bot.id) throw failure(10_015);
  if (world.clock.now() - found.facts.createdAt > world.limits.tokenMs) throw failure(50_027);
  if (!found.acknowledgement) throw failure(10_015);
  return found;
}

function originalOf(world: World, { originalId }: Interaction): FakeMessage | undefined {
  const message = originalId === undefined ? undefined : world.messages.get(originalId);
  return message?.isDeleted ? undefined : message;
}

/** The message that is named, where the interaction's token may touch it. */
function own(world: World, interaction: Interaction, call: RestCall): FakeMessage {
  const id = param(call, 'message');
  if (id === '@original') {
    const message = originalOf(world, interaction);
    if (!message) throw failure(10_008);
    return message;
  }
  const message = world.messages.get(id);
  const isIts = message?.interactionId === interaction.id || id === interaction.originalId;
  if (!message || message.isDeleted || !isIts) throw failure(10_008);
  return message;
}

const shown = (world: World, message: FakeMessage) =>
  messagePayload(world, message, { readsContent: true });

function responseOf(world: World, interaction: Interaction, message: FakeMessage | undefined) {
  const isEphemeral = message?.ephemeralFor !== undefined;
  return {
    interaction: {
      id: interaction.id,
      type: interaction.facts.type,
      ...(message && {
        response_message_id: message.id,
        response_message_loading: message.isLoading,
        response_message_ephemeral: isEphemeral,
      }),
    },
    ...(message && { resource: { type: 4, message: shown(world, message) } }),
  };
}
