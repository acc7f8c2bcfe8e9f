import { z } from 'zod';

/*
 * What is read of Slack's payloads; what else is in them is left out. Whatever does not fit is none
 * of the bot's business.
 */

const Text = z.string().catch('');

export const FileFields = z.object({
  id: z.string(),
  name: z.string().nullish(),
  title: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  mode: z.string().nullish(),
  file_access: z.string().nullish(),
  is_external: z.boolean().nullish(),
  url_private: z.string().nullish(),
  url_private_download: z.string().nullish(),
});

export type FileFields = z.infer<typeof FileFields>;

const Files = z.array(FileFields).catch([]).default([]);

export const MessageFields = z.object({
  subtype: z.string().nullish(),
  user: z.string().nullish(),
  bot_id: z.string().nullish(),
  text: Text.default(''),
  ts: z.string(),
  thread_ts: z.string().nullish(),
  parent_user_id: z.string().nullish(),
  files: Files,
});

export type MessageFields = z.infer<typeof MessageFields>;

export const MessageEvent = MessageFields.extend({
  type: z.enum(['message', 'app_mention']),
  channel: z.string(),
  channel_type: z.string().nullish(),
  event_ts: z.string().nullish(),
  message: MessageFields.nullish(),
  previous_message: MessageFields.nullish(),
  deleted_ts: z.string().nullish(),
});

export type MessageEvent = z.infer<typeof MessageEvent>;

export const ReactionEvent = z.object({
  type: z.enum(['reaction_added', 'reaction_removed']),
  user: z.string(),
  reaction: z.string(),
  item_user: z.string().nullish(),
  item: z.object({ type: z.literal('message'), channel: z.string(), ts: z.string() }),
  event_ts: z.string(),
});

export const HomeEvent = z.object({
  type: z.literal('app_home_opened'),
  user: z.string(),
  channel: z.string(),
  tab: z.literal('home'),
  event_ts: z.string(),
});

/** The frame around an event. */
export const EventFrame = z.object({
  type: z.literal('event_callback'),
  team_id: z.string(),
  event: z.looseObject({ type: z.string() }),
  authorizations: z.array(z.object({ team_id: z.string().nullish() })).nullish(),
});

const Person = z.object({ id: z.string(), team_id: z.string().nullish() });
const Team = z.object({ id: z.string() }).nullish();

export const ButtonPress = z.object({
  type: z.literal('block_actions'),
  user: Person,
  team: Team,
  channel: z.object({ id: z.string() }).nullish(),
  container: z
    .object({ message_ts: z.string().nullish(), thread_ts: z.string().nullish() })
    .nullish(),
  message: z.object({ ts: z.string(), thread_ts: z.string().nullish() }).nullish(),
  view: z
    .object({
      id: z.string(),
      app_installed_team_id: z.string().nullish(),
      private_metadata: Text,
    })
    .nullish(),
  trigger_id: z.string().nullish(),
  actions: z.tuple(
    [z.object({ action_id: z.string(), action_ts: z.string().nullish() })],
    z.unknown(),
  ),
});

export const MessageShortcut = z.object({
  type: z.literal('message_action'),
  callback_id: z.string(),
  trigger_id: z.string(),
  user: Person,
  team: Team,
  channel: z.object({ id: z.string() }),
  message: MessageFields,
});

export const SlashCommand = z.object({
  command: z.string(),
  text: Text.default(''),
  team_id: z.string(),
  channel_id: z.string(),
  user_id: z.string(),
  trigger_id: z.string(),
});

export const FormSubmission = z.object({
  type: z.literal('view_submission'),
  user: Person,
  team: Team,
  view: z.object({
    id: z.string(),
    app_installed_team_id: z.string().nullish(),
    callback_id: z.string(),
    private_metadata: Text,
    state: z.object({
      values: z.record(z.string(), z.record(z.string(), z.looseObject({}))),
    }),
  }),
});

export type FormSubmission = z.infer<typeof FormSubmission>;
