import {
  ApplicationCommandOptionType as OptionType,
  ApplicationCommandType as CommandType,
  ApplicationIntegrationType as IntegrationType,
  InteractionContextType as Context,
  PermissionFlagsBits,
  type APIApplicationCommandBasicOption,
  type LocalizationMap,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';

import { ENGLISH_WORDS, TRANSLATIONS, type Named, type Words } from './words/index.ts';

/** Names of the commands as they come in, whatever the language. */
export const COMMANDS = {
  edit: 'edit',
  editThis: 'Edit this image',
  help: 'edit-help',
  history: 'edit-history',
  forgetMe: 'edit-forget-me',
  settings: 'edit-settings',
} as const;

/** Names of the options of `/edit` that take pictures, in their order. */
export const IMAGE_OPTIONS = ['image', 'image2', 'image3', 'image4'] as const;

export const MAX_PROMPT_CHARACTERS = 4_000;

const EVERYWHERE = {
  integration_types: [IntegrationType.GuildInstall, IntegrationType.UserInstall],
  contexts: [Context.Guild, Context.BotDM, Context.PrivateChannel],
};

type NamedIn = (words: Words) => Named;

const inAll = (pick: (words: Words) => string): LocalizationMap =>
  Object.fromEntries(
    TRANSLATIONS.flatMap((words) => words.locales.map((locale) => [locale, pick(words)])),
  );

function named(pick: NamedIn, suffix = '') {
  const { name, description } = pick(ENGLISH_WORDS);
  return {
    name: `${name}${suffix}`,
    name_localizations: inAll((words) => `${pick(words).name}${suffix}`),
    description,
    description_localizations: inAll((words) => pick(words).description),
  };
}

const option = <Type extends OptionType, More extends object>(
  type: Type,
  pick: NamedIn,
  more: More,
  suffix = '',
) => ({ type, ...named(pick, suffix), ...more });

function slash(pick: NamedIn, options: readonly object[] = []) {
  return {
    type: CommandType.ChatInput as const,
    ...named(pick),
    ...(options.length > 0 && { options: options as APIApplicationCommandBasicOption[] }),
    ...EVERYWHERE,
  };
}

/** All commands of the bot with their translations, as Discord takes them. */
export function allCommands(): RESTPostAPIApplicationCommandsJSONBody[] {
  const more = ['2', '3', '4'];
  return [
    slash(
      ({ edit }) => edit,
      [
        option(OptionType.String, ({ edit }) => edit.options.prompt, {
          required: true,
          autocomplete: true,
          max_length: MAX_PROMPT_CHARACTERS,
        }),
        option(OptionType.Attachment, ({ edit }) => edit.options.image, {}),
        ...more.map((number) =>
          option(OptionType.Attachment, ({ edit }) => edit.options.more, {}, number),
        ),
        option(OptionType.Attachment, ({ edit }) => edit.options.mask, {}),
        option(OptionType.String, ({ edit }) => edit.options.url, { max_length: 2_000 }),
        option(OptionType.Integer, ({ edit }) => edit.options.rounds, {
          min_value: 1,
          max_value: 10,
        }),
        option(OptionType.Integer, ({ edit }) => edit.options.seed, {
          min_value: 0,
          max_value: 2 ** 31 - 1,
        }),
        option(OptionType.String, ({ edit }) => edit.options.engine, { autocomplete: true }),
        option(OptionType.Boolean, ({ edit }) => edit.options.private, {}),
      ],
    ),
    {
      type: CommandType.Message,
      name: ENGLISH_WORDS.editThis,
      name_localizations: inAll(({ editThis }) => editThis),
      ...EVERYWHERE,
    },
    slash(({ help }) => help),
    slash(({ history }) => history),
    slash(({ forgetMe }) => forgetMe),
    {
      ...slash(
        ({ settings }) => settings,
        [
          option(OptionType.String, ({ settings }) => settings.options.channels, {}),
          option(OptionType.String, ({ settings }) => settings.options.roles, {}),
          option(OptionType.Integer, ({ settings }) => settings.options.daily, {
            min_value: 0,
            max_value: 100_000,
          }),
          option(OptionType.Integer, ({ settings }) => settings.options.rounds, {
            min_value: 0,
            max_value: 10,
          }),
          option(OptionType.Boolean, ({ settings }) => settings.options.followUps, {}),
        ],
      ),
      integration_types: [IntegrationType.GuildInstall],
      contexts: [Context.Guild],
      default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    },
  ];
}
