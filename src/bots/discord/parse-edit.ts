import {
  ApplicationCommandOptionType as OptionType,
  ComponentType,
  type APIApplicationCommandInteractionDataBasicOption,
  type APIChatInputApplicationCommandInteraction,
  type APIModalSubmitInteraction,
} from 'discord.js';

import { plain } from '../plain-text.ts';
import type { IncomingCommand, IncomingMessage, OtherMessage, RequestOptions } from '../types.ts';
import type { WorkspaceSettingsChange } from '../workspace-settings.ts';
import { COMMANDS, IMAGE_OPTIONS } from './commands.ts';
import { withNames } from './markup.ts';
import { arrivalOf, filesAmong, settingOf, type Known, type Setting } from './parse-interaction.ts';
import { attachmentReference, linkReference } from './parse-pictures.ts';

/** A request that an interaction makes, but for the message that shows it. */
export interface EditRequest {
  readonly setting: Setting;
  /** It was asked for that nobody else sees it. */
  readonly isHidden: boolean;
  readonly incoming: Omit<IncomingMessage, 'messageId'>;
}

type Options = ReadonlyMap<string, APIApplicationCommandInteractionDataBasicOption>;

function optionsOf({ data }: APIChatInputApplicationCommandInteraction): Options {
  const options = data.options ?? [];
  return new Map(
    options.flatMap((option) => ('value' in option ? [[option.name, option as never]] : [])),
  );
}

const stringIn = (options: Options, name: string): string | undefined => {
  const option = options.get(name);
  return option?.type === OptionType.String || option?.type === OptionType.Attachment
    ? option.value
    : undefined;
};
const numberIn = (options: Options, name: string): number | undefined => {
  const option = options.get(name);
  return option?.type === OptionType.Integer ? Number(option.value) : undefined;
};
const switchIn = (options: Options, name: string): boolean | undefined => {
  const option = options.get(name);
  return option?.type === OptionType.Boolean ? option.value : undefined;
};

const NOBODY_NAMED = { user: () => undefined, role: () => undefined, channel: () => undefined };

/** `/edit`. */
export function parseSlash(
  interaction: APIChatInputApplicationCommandInteraction,
  known: Known,
): EditRequest {
  const options = optionsOf(interaction);
  const isHidden = switchIn(options, 'private') ?? false;
  const setting = settingOf(interaction, known, { wantsPrivate: isHidden });
  const ids = IMAGE_OPTIONS.map((name) => stringIn(options, name));
  const url = stringIn(options, 'url')?.trim();
  const files = (names: readonly (string | undefined)[]) =>
    filesAmong(names, interaction.data.resolved).map(attachmentReference);
  return {
    setting,
    isHidden,
    incoming: {
      ...requestBy(interaction, setting, stringIn(options, 'prompt') ?? ''),
      attachments: [
        ...files(ids),
        ...(url ? [linkReference(url)] : []),
        ...files([stringIn(options, 'mask')]).map((mask) => ({ ...mask, isMask: true })),
      ],
      options: requestOptions(options),
    },
  };
}

function requestOptions(options: Options): RequestOptions {
  const engine = stringIn(options, 'engine');
  const rounds = numberIn(options, 'rounds');
  const seed = numberIn(options, 'seed');
  return {
    ...(engine !== undefined && { engine }),
    ...(rounds !== undefined && { rounds }),
    ...(seed !== undefined && { seed }),
  };
}

/** Names of what the form asks for. */
export const FORM_FIELDS = { request: 'request', files: 'files' } as const;

/** The form that "Edit this image" opens, filled in. */
export function parseForm(
  interaction: APIModalSubmitInteraction,
  known: Known,
  target: OtherMessage | undefined,
): EditRequest {
  const setting = settingOf(interaction, known);
  const fields = interaction.data.components.flatMap((part) => {
    if (part.type === ComponentType.Label) return [part.component];
    return 'components' in part ? part.components : [];
  });
  const request = fields.find(({ custom_id: id }) => id === FORM_FIELDS.request);
  const files = fields.find(({ custom_id: id }) => id === FORM_FIELDS.files);
  const text =
    request && 'value' in request && typeof request.value === 'string' ? request.value : '';
  const ids = files && 'values' in files ? files.values : [];
  const resolved = interaction.data.resolved as Parameters<typeof filesAmong>[1];
  return {
    setting,
    isHidden: false,
    incoming: {
      ...requestBy(interaction as never, setting, text),
      attachments: filesAmong(ids, resolved).map(attachmentReference),
      ...(target && { target }),
    },
  };
}

function requestBy(
  interaction: APIChatInputApplicationCommandInteraction,
  setting: Setting,
  text: string,
) {
  return {
    type: 'message',
    kind: 'new',
    ...arrivalOf(interaction, setting),
    text: withNames(text, NOBODY_NAMED),
    mentionsBot: false,
    mentionsOthers: false,
    isDirect: setting.isDirect,
    isCommand: true,
  } as const;
}

/** A command that is no request; undefined for what is none of ours. */
export function parseCommand(
  interaction: APIChatInputApplicationCommandInteraction,
  known: Known,
): IncomingCommand | undefined {
  const setting = settingOf(interaction, known);
  const command = NAMES[interaction.data.name];
  if (command === undefined) return undefined;
  const change = command === 'settings' ? changeIn(optionsOf(interaction)) : undefined;
  const arrival = arrivalOf(interaction, setting);
  return {
    type: 'command',
    ...arrival,
    context: { ...arrival.context, command },
    command,
    ...(change && { change }),
  };
}

const NAMES: Readonly<Record<string, IncomingCommand['command']>> = {
  [COMMANDS.help]: 'help',
  [COMMANDS.history]: 'history',
  [COMMANDS.settings]: 'settings',
};

/** What an admin wants to be different; undefined where they only look. */
function changeIn(options: Options): WorkspaceSettingsChange | undefined {
  const channels = stringIn(options, 'channels');
  const roles = stringIn(options, 'roles');
  const daily = numberIn(options, 'daily-limit');
  const rounds = numberIn(options, 'rounds');
  const followUps = switchIn(options, 'follow-ups');
  const change = {
    ...(channels !== undefined && { channels: idsIn(channels, /<#(\d+)>/g) }),
    ...(roles !== undefined && { roles: idsIn(roles, /<@&(\d+)>/g) }),
    ...(daily !== undefined && { dailyPerPerson: daily > 0 ? daily : null }),
    ...(rounds !== undefined && { maxRounds: rounds > 0 ? rounds : null }),
    ...(followUps !== undefined && { followUps }),
  };
  return Object.keys(change).length > 0 ? change : undefined;
}

/** Ids of what is mentioned; none is all. */
const idsIn = (text: string, mention: RegExp): string[] =>
  [...plain(text).matchAll(mention)].map(([, id = '']) => id);
