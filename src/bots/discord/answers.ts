import {
  ButtonStyle,
  ComponentType,
  InteractionResponseType as Type,
  MessageFlags,
  TextInputStyle,
  type APIApplicationCommandAutocompleteInteraction,
  type APIInteractionResponse,
  type RESTPatchAPIChannelMessageJSONBody,
} from 'discord.js';

import { encodeAction } from '../actions.ts';
import { clip, plain, plainLine, type PlainText } from '../plain-text.ts';
import { sentencesFor } from '../sentences.ts';
import { MAX_PROMPT_CHARACTERS } from './commands.ts';
import { escaped, quoted } from './markup.ts';
import { NO_MENTIONS } from './message-body.ts';
import { FORM_FIELDS } from './parse-edit.ts';
import { SUGGESTIONS, wordsFor } from './words/index.ts';

/*
 * The first answers to interactions: made of nothing but the interaction, so that they are given at once. Pure.
 */

/** A request as everybody in the channel sees it; its thread begins at it. */
export function showRequest(request: PlainText, isHidden: boolean): APIInteractionResponse {
  return {
    type: Type.ChannelMessageWithSource,
    data: {
      flags: MessageFlags.IsComponentsV2 | (isHidden ? MessageFlags.Ephemeral : 0),
      components: [
        { type: ComponentType.TextDisplay, content: quoted(clip(request, MOST)) || '…' },
      ],
      allowed_mentions: NO_MENTIONS,
    },
  };
}

/** Characters of a text that Discord certainly takes: markup doubles it at most. */
const MOST = 1_900;

/** That an answer comes which only one person will see. */
export const ANSWER_SOON: APIInteractionResponse = {
  type: Type.DeferredChannelMessageWithSource,
  data: { flags: MessageFlags.Ephemeral },
};

/** Whether somebody means it: deleting all of theirs is asked for by a button below, and by nothing else. */
export function askWhetherToForget(
  key: string,
  locale: string | undefined,
): APIInteractionResponse {
  const { replies, buttons } = sentencesFor(locale);
  return {
    type: Type.ChannelMessageWithSource,
    data: {
      flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral,
      components: [
        { type: ComponentType.TextDisplay, content: escaped(plain(replies.forgetMe)) },
        {
          type: ComponentType.ActionRow,
          components: [
            {
              type: ComponentType.Button,
              style: ButtonStyle.Danger,
              label: plainLine(buttons['forget-me']),
              custom_id: encodeAction({ action: 'forget-me', turnId: key }),
            },
          ],
        },
      ],
      allowed_mentions: NO_MENTIONS,
    },
  };
}

/** That a button was pressed. */
export const HEARD: APIInteractionResponse = { type: Type.DeferredMessageUpdate };

/** Something for one person alone. */
export function notice(text: PlainText): RESTPatchAPIChannelMessageJSONBody {
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.TextDisplay, content: escaped(clip(text, MOST)) || '…' }],
    allowed_mentions: NO_MENTIONS,
  };
}

const FORM = 'edit-form1';
const MAX_FORM_FILES = 3;

/** What the form carries: which message it is about. */
export interface FormData {
  readonly interactionId: string;
  readonly channelId: string;
  readonly messageId: string;
}

/** The form that asks what to do with the picture of a message. */
export function askForRequest(data: FormData, locale: string | undefined): APIInteractionResponse {
  const { form } = wordsFor(locale);
  const { interactionId, channelId, messageId } = data;
  return {
    type: Type.Modal,
    data: {
      custom_id: [FORM, interactionId, channelId, messageId].join('|'),
      title: form.title,
      components: [
        {
          type: ComponentType.Label,
          label: form.request,
          component: {
            type: ComponentType.TextInput,
            custom_id: FORM_FIELDS.request,
            style: TextInputStyle.Paragraph,
            placeholder: form.example,
            required: true,
            max_length: MAX_PROMPT_CHARACTERS,
          },
        },
        {
          type: ComponentType.Label,
          label: form.files,
          description: form.filesHint,
          component: {
            type: ComponentType.FileUpload,
            custom_id: FORM_FIELDS.files,
            min_values: 0,
            max_values: MAX_FORM_FILES,
            required: false,
          },
        },
      ],
    },
  };
}

/** Undefined for a form that is none of ours. */
export function readForm(customId: string): FormData | undefined {
  const [, interactionId, channelId, messageId] =
    /^edit-form1\|(\d+)\|(\d+)\|(\d+)$/.exec(customId) ?? [];
  if (interactionId === undefined || channelId === undefined || messageId === undefined) {
    return undefined;
  }
  return { interactionId, channelId, messageId };
}

/** Choices that Discord shows at most, and characters that one may have. */
const CHOICES = { most: 25, characters: 100 } as const;

/** What goes on with what is being typed: engines, or requests to begin with. */
export function suggest(
  { data, locale }: APIApplicationCommandAutocompleteInteraction,
  engines: readonly string[],
): APIInteractionResponse {
  const option = data.options.find((one) => 'focused' in one && one.focused);
  const typed = option && 'value' in option ? String(option.value).trim() : '';
  const { suggestions } = wordsFor(locale);
  const all =
    option?.name === 'engine'
      ? engines.map((name) => ({ name, value: name }))
      : SUGGESTIONS.map((value) => ({ name: suggestions[value] ?? value, value }));
  const found = all.filter(({ name, value }) => isAbout(`${name} ${value}`, typed));
  // What was typed is a request itself.
  const own = typed !== '' && option?.name === 'prompt' && typed.length <= CHOICES.characters;
  const choices = own ? [{ name: typed, value: typed }, ...found] : found;
  return {
    type: Type.ApplicationCommandAutocompleteResult,
    data: { choices: choices.slice(0, CHOICES.most) },
  };
}

/** Whether each word that was typed is in there. */
function isAbout(text: string, typed: string): boolean {
  const there = text.toLocaleLowerCase();
  return typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => there.includes(word));
}
