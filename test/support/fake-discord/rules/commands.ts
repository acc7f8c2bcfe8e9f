import { ApplicationCommandOptionType, ApplicationCommandType, Locale } from 'discord.js';
import { z } from 'zod';

import { failure, invalidForm } from '../api-error.ts';

/** Letters, digits, `-`, `_` and `'` of any script, in small letters. */
const chatName = z
  .string()
  .regex(/^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u)
  .refine((name) => name === name.toLowerCase());
const description = z.string().min(1).max(100);
const LOCALES = Object.values(Locale);
const localized = <Text extends z.ZodType>(text: Text) =>
  z.partialRecord(z.enum(LOCALES), text.nullable()).nullish();
const choice = z.strictObject({
  name: z.string().min(1).max(100),
  name_localizations: localized(z.string().min(1).max(100)),
  value: z.union([z.string().min(1).max(100), z.number()]),
});

const Option = z
  .strictObject({
    type: z.int().min(3).max(11),
    name: chatName,
    name_localizations: localized(chatName),
    description,
    description_localizations: localized(description),
    required: z.boolean().optional(),
    choices: z.array(choice).max(25).optional(),
    channel_types: z.array(z.int()).optional(),
    min_value: z.number().optional(),
    max_value: z.number().optional(),
    min_length: z.int().min(0).max(6_000).optional(),
    max_length: z.int().min(1).max(6_000).optional(),
    autocomplete: z.boolean().optional(),
  })
  .refine(({ autocomplete, choices }) => !autocomplete || !choices?.length)
  .refine(({ type, autocomplete }) => !autocomplete || [3, 4, 10].includes(type));
const common = {
  id: z.string().optional(),
  default_member_permissions: z.string().regex(/^\d+$/).nullish(),
  dm_permission: z.boolean().nullish(),
  default_permission: z.boolean().optional(),
  nsfw: z.boolean().optional(),
  integration_types: z.array(z.int().min(0).max(1)).min(1).optional(),
  contexts: z.array(z.int().min(0).max(2)).min(1).nullish(),
};
const SubCommand = z.strictObject({
  type: z.literal(ApplicationCommandOptionType.Subcommand),
  name: chatName,
  name_localizations: localized(chatName),
  description,
  description_localizations: localized(description),
  options: z.array(Option).max(25).optional(),
});
const ChatCommand = z.strictObject({
  ...common,
  type: z.literal(ApplicationCommandType.ChatInput).default(ApplicationCommandType.ChatInput),
  name: chatName,
  name_localizations: localized(chatName),
  description,
  description_localizations: localized(description),
  options: z
    .union([z.array(Option).max(25), z.array(SubCommand).max(25)])
    .refine((options) => new Set(options.map(({ name }) => name)).size === options.length)
    .refine((options) => {
      const isRequired = options.map((option) => 'required' in option && option.required === true);
      return (
        isRequired.lastIndexOf(true) < (isRequired.includes(false) ? isRequired.indexOf(false) : 99)
      );
    }, 'Required options must be placed before non-required options.')
    .optional(),
});
const MenuCommand = z.strictObject({
  ...common,
  type: z.union([
    z.literal(ApplicationCommandType.User),
    z.literal(ApplicationCommandType.Message),
  ]),
  name: z.string().min(1).max(32),
  name_localizations: localized(z.string().min(1).max(32)),
  description: z.literal('').optional(),
  description_localizations: z.null().optional(),
});
const Command = z.union([MenuCommand, ChatCommand]);
const CHARACTERS = 8_000;
const MOST: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };

export type CommandForm = z.infer<typeof Command>;

/** Commands as the bot wants them, held against the rules. Throws what the platform answers. */
export function readCommands(body: unknown): CommandForm[] {
  const parsed = z.array(Command).safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const told = JSON.stringify(issue).slice(0, 2_000);
    throw invalidForm(issue?.path.join('.') ?? '', 'BASE_TYPE_INVALID', told);
  }
  for (const [type, most] of Object.entries(MOST)) {
    const those = parsed.data.filter((command) => String(command.type) === type);
    if (those.length > most) throw failure(30_032);
    if (new Set(those.map(({ name }) => name)).size < those.length) {
      throw invalidForm('name', 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'names must be unique');
    }
  }
  for (const command of parsed.data) {
    if (charactersIn(command) > CHARACTERS) {
      const message = `Command exceeds maximum size (${CHARACTERS})`;
      throw invalidForm('', 'APPLICATION_COMMAND_TOO_LARGE', message);
    }
  }
  return parsed.data;
}

/** Names, descriptions and values, each in its longest language. */
function charactersIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + charactersIn(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  const fields = value as Readonly<Record<string, unknown>>;
  const longest = (name: string): number => {
    const own = typeof fields[name] === 'string' ? fields[name].length : 0;
    const others = Object.values(fields[`${name}_localizations`] ?? {}).map(
      (text) => String(text).length,
    );
    return Math.max(own, ...others);
  };
  const rest = charactersIn(fields['options']) + charactersIn(fields['choices']);
  return longest('name') + longest('description') + longest('value') + rest;
}

/** A command as the platform shows it: all fields there, what is false left out of options. */
export function shownCommand(form: CommandForm): Record<string, unknown> {
  const options = 'options' in form ? form.options : undefined;
  return {
    dm_permission: true,
    default_member_permissions: null,
    nsfw: false,
    integration_types: [0],
    contexts: null,
    description: '',
    name_localizations: null,
    description_localizations: null,
    ...form,
    ...(options && { options: options.map(shownOption) }),
  };
}

function shownOption(option: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { required, autocomplete, choices, options, ...rest } = option;
  return {
    name_localizations: null,
    description_localizations: null,
    ...rest,
    ...(required === true && { required }),
    ...(autocomplete === true && { autocomplete }),
    ...(Array.isArray(choices) &&
      choices.length > 0 && {
        choices: choices.map((one: object) => ({ name_localizations: null, ...one })),
      }),
    ...(Array.isArray(options) && { options: options.map(shownOption) }),
  };
}
