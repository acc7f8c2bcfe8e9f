import {
  ApplicationCommandType,
  InteractionType,
  MessageFlags,
  RESTJSONErrorCodes,
  Routes,
  type APIInteraction,
  type APIInteractionResponse,
  type APIMessage,
  type REST,
  type RESTPostAPIInteractionCallbackWithResponseResult,
} from 'discord.js';

import { isAppError } from '../../errors.ts';
import type { Call } from '../../pipeline/types.ts';
import type { Incoming, OtherMessage } from '../types.ts';
import {
  ANSWER_SOON,
  askForRequest,
  askWhetherToForget,
  HEARD,
  readForm,
  showRequest,
  suggest,
  type FormData,
} from './answers.ts';
import { insist, request } from './calls.ts';
import { COMMANDS } from './commands.ts';
import { decodeButton } from './custom-id.ts';
import { hasApiCode } from './errors.ts';
import { FirstAnswers } from './first-answers.ts';
import { parseCommand, parseForm, parseSlash, type EditRequest } from './parse-edit.ts';
import { arrivalOf, settingOf, type Known } from './parse-interaction.ts';
import { otherMessage, type Surroundings } from './parse-message.ts';
import { PLATFORM, rootOf, type ChannelFacts } from './places.ts';
import type { InteractionTokens } from './tokens.ts';

export interface InteractionParts {
  readonly rest: REST;
  readonly tokens: InteractionTokens;
  readonly engines: readonly string[];
  /** What is known of the bot and of names in a guild. */
  readonly known: (
    guildId: string | undefined,
  ) => Pick<Surroundings, 'botId' | 'botRoleId' | 'names'>;
  /** What is known of a channel already. */
  readonly channel: (id: string) => ChannelFacts | undefined;
  readonly receive: (incoming: Incoming) => Promise<void>;
}

/** In the context of what nobody else sees. */
const HIDDEN = { hidden: 'true' } as const;

/** Messages that forms are open about. */
const MOST_TARGETS = 1_000;

/**
 * What people do with commands, buttons and forms. Each is answered first, with what takes no other call; only then
 * anything else is done.
 */
export class Interactions {
  readonly #parts: InteractionParts;
  readonly #first = new FirstAnswers();
  readonly #targets = new Map<string, OtherMessage>();

  constructor(parts: InteractionParts) {
    this.#parts = parts;
  }

  async take(interaction: APIInteraction, call: Call): Promise<void> {
    switch (interaction.type) {
      case InteractionType.ApplicationCommand: {
        if (interaction.data.type === ApplicationCommandType.Message) {
          return this.#openForm(interaction as never, call);
        }
        if (interaction.data.type !== ApplicationCommandType.ChatInput) return;
        const command = interaction as never;
        if (interaction.data.name === COMMANDS.edit) {
          return this.#takeRequest(
            interaction,
            parseSlash(command, this.#about(interaction)),
            call,
          );
        }
        if (interaction.data.name === COMMANDS.forgetMe) {
          const key = `${PLATFORM}:i${interaction.id}`;
          await this.#answer(interaction, askWhetherToForget(key, interaction.locale), call);
          return;
        }
        const incoming = parseCommand(command, this.#about(interaction));
        if (!incoming) return;
        await this.#answer(interaction, ANSWER_SOON, call);
        this.#keepToken(interaction, { isPending: true });
        return this.#parts.receive(incoming);
      }
      case InteractionType.MessageComponent: {
        await this.#answer(interaction, HEARD, call);
        const button = decodeButton(interaction.data.custom_id);
        if (!button) return;
        const { action, root } = button;
        this.#keepToken(interaction, { root });
        const setting = settingOf(interaction, this.#about(interaction), { root });
        const { id: messageId, flags = 0 } = interaction.message;
        const arrival = arrivalOf(interaction, setting);
        const isHidden = (flags & MessageFlags.Ephemeral) !== 0;
        const context = { ...arrival.context, ...(isHidden && HIDDEN) };
        return this.#parts.receive({ type: 'action', ...arrival, context, action, messageId });
      }
      case InteractionType.ModalSubmit: {
        const form = readForm(interaction.data.custom_id);
        if (!form) return;
        const target = this.#targets.get(form.interactionId);
        const edit = parseForm(interaction, this.#about(interaction), target);
        return this.#takeRequest(interaction, edit, call, target ? undefined : form);
      }
      case InteractionType.ApplicationCommandAutocomplete:
        return void (await this.#answer(
          interaction,
          suggest(interaction, this.#parts.engines),
          call,
        ));
      case InteractionType.Ping:
        return;
    }
  }

  #about({ channel_id: id }: { readonly channel_id?: string | undefined }): Known {
    return { channel: id === undefined ? undefined : this.#parts.channel(id) };
  }

  async #takeRequest(
    interaction: APIInteraction,
    { setting, isHidden, incoming }: EditRequest,
    call: Call,
    lost?: FormData,
  ): Promise<void> {
    const answer = showRequest(incoming.text, isHidden);
    const messageId = await this.#answer(interaction, answer, call);
    this.#keepToken(interaction, { root: rootOf(setting.place) });
    const target = lost && (await this.#lookUp(lost, interaction, call));
    const context = { ...incoming.context, ...(isHidden && HIDDEN) };
    const id = messageId ?? (await this.#originalOf(interaction, call));
    await this.#parts.receive({ ...incoming, context, messageId: id, ...(target && { target }) });
  }

  async #openForm(
    interaction: Extract<APIInteraction, { type: InteractionType.ApplicationCommand }> & {
      readonly data: {
        readonly target_id: string;
        readonly resolved: { messages: Record<string, APIMessage> };
      };
    },
    call: Call,
  ): Promise<void> {
    const { id, data, locale } = interaction;
    const message = data.resolved.messages[data.target_id];
    const target = otherMessage(message, this.#parts.known(interaction.guild_id));
    if (target) {
      this.#targets.set(id, target);
      const [oldest] = this.#targets.keys();
      if (this.#targets.size > MOST_TARGETS && oldest !== undefined) this.#targets.delete(oldest);
    }
    const channelId = message?.channel_id ?? interaction.channel?.id ?? '0';
    const form = { interactionId: id, channelId, messageId: data.target_id };
    await this.#answer(interaction, askForRequest(form, locale), call);
  }

  /** Gives the first answer. Resolves with the id of the message that it became, where Discord tells. */
  async #answer(
    { id, token }: APIInteraction,
    body: APIInteractionResponse,
    call: Call,
  ): Promise<string | undefined> {
    const send = () =>
      request<RESTPostAPIInteractionCallbackWithResponseResult | undefined>(
        this.#parts.rest,
        {
          method: 'post',
          route: Routes.interactionCallback(id, token),
          query: new URLSearchParams({ with_response: 'true' }),
          body,
          auth: false,
        },
        call,
      );
    const give = () => this.#first.give(() => insist(send, call));
    const answered = await give().catch((error: unknown) => {
      // An earlier try was heard after all.
      const isDone =
        isAppError(error) &&
        hasApiCode(error.cause, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged);
      if (!isDone) throw error;
    });
    await this.#first.given();
    return (
      answered?.resource?.message?.id ?? answered?.interaction?.response_message_id ?? undefined
    );
  }

  async #originalOf({ application_id, token }: APIInteraction, call: Call): Promise<string> {
    const route = Routes.webhookMessage(application_id, token, '@original');
    const data = { method: 'get', route, auth: false } as const;
    return (await request<APIMessage>(this.#parts.rest, data, call)).id;
  }

  /** The message that a form is about which was opened in an earlier life. */
  async #lookUp(
    { channelId, messageId }: FormData,
    { guild_id: guildId }: APIInteraction,
    call: Call,
  ): Promise<OtherMessage | undefined> {
    const route = Routes.channelMessage(channelId, messageId);
    try {
      const message = await request<APIMessage>(this.#parts.rest, { method: 'get', route }, call);
      return otherMessage(message, this.#parts.known(guildId));
    } catch {
      call.signal.throwIfAborted();
      // Then the bot asks which picture is meant.
      return undefined;
    }
  }

  #keepToken(
    { id, application_id: applicationId, token }: APIInteraction,
    {
      root,
      isPending = false,
    }: { readonly root?: string | undefined; readonly isPending?: boolean },
  ): void {
    this.#parts.tokens.keep({ interactionId: id, applicationId, token, isPending }, root);
  }
}
