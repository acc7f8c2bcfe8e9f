import type { Json, Message, StoredFile, User, View } from './types.ts';
import type { Workspace } from './workspace.ts';
import type { World } from './world.ts';

export function fileJson({ origin }: World, workspace: Workspace, file: StoredFile): Json {
  const created = Math.floor(file.createdAt / 1_000);
  const isReady = file.state === 'complete' && file.pollsLeft === 0;
  const { mimeType, fileType, size } = file.kind;
  const path = `${origin}/files-pri/${workspace.id}-${file.id}`;
  const name = encodeURIComponent(file.name.toLowerCase());
  return {
    id: file.id,
    created,
    timestamp: created,
    name: file.name,
    title: file.title,
    // Slack looks at a file some time after it has it.
    mimetype: isReady ? mimeType : '',
    filetype: isReady ? fileType : '',
    pretty_type: isReady ? fileType.toUpperCase() : '',
    user: file.user,
    user_team: workspace.id,
    editable: false,
    size: file.bytes.length,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: false,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: `${path}/${name}`,
    url_private_download: `${path}/download/${name}`,
    permalink: `https://${workspace.domain}.slack.com/files/${file.user}/${file.id}/${name}`,
    ...(file.alt !== '' && { alt_txt: file.alt }),
    ...(isReady &&
      size && {
        original_w: size.width,
        original_h: size.height,
        thumb_360: `${path}/thumb/${name}`,
      }),
    has_rich_preview: false,
    file_access: 'visible',
  };
}

/** What is told of a file of another organization: its id, and whom to ask. */
const hiddenFileJson = ({ id, createdAt, user }: StoredFile): Json => ({
  id,
  created: Math.floor(createdAt / 1_000),
  timestamp: Math.floor(createdAt / 1_000),
  user,
  mode: 'file_access',
  file_access: 'check_file_info',
});

export function messageJson(
  world: World,
  workspace: Workspace,
  message: Message,
  { withMetadata = false } = {},
): Json {
  const shape = (file: StoredFile) =>
    workspace.hidesFiles ? hiddenFileJson(file) : fileJson(world, workspace, file);
  const files = message.files.map(shape);
  const replies = repliesTo(workspace, message);
  return {
    type: 'message',
    ...(message.subtype !== undefined && { subtype: message.subtype }),
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: workspace.id,
    ...(isForeignBot(workspace, message) && { bot_id: `B${message.user}`, app_id: 'A0' }),
    ...(message.isFromApp && {
      bot_id: workspace.botId,
      app_id: world.app.id,
      bot_profile: botProfile(world, workspace),
    }),
    ...(message.blocks && { blocks: message.blocks }),
    ...(files.length > 0 && { files, upload: false }),
    ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
    ...(message.threadTs !== undefined && {
      parent_user_id: workspace.channels
        .get(message.channel)
        ?.messages.find(({ ts }) => ts === message.threadTs)?.user,
    }),
    ...(replies.length > 0 && {
      thread_ts: message.ts,
      reply_count: replies.length,
      reply_users: [...new Set(replies.map(({ user }) => user))],
      latest_reply: replies.at(-1)?.ts,
    }),
    ...(message.editedTs !== undefined && {
      edited: { user: message.user, ts: message.editedTs },
    }),
    ...(message.reactions.size > 0 && {
      reactions: [...message.reactions].map(([name, users]) => ({
        name,
        users: [...users],
        count: users.size,
      })),
    }),
    ...(withMetadata && message.metadata && { metadata: message.metadata }),
  };
}

const isForeignBot = ({ users, botUser }: Workspace, { user }: Message): boolean =>
  users.get(user)?.isBot === true && user !== botUser.id;

export function repliesTo(workspace: Workspace, { channel, ts }: Message): Message[] {
  const { messages = [] } = workspace.channels.get(channel) ?? {};
  return messages.filter(
    (message) => message.threadTs === ts && !message.isDeleted && message.onlyFor === undefined,
  );
}

const botProfile = ({ app }: World, { id, botId, botUser }: Workspace): Json => ({
  id: botId,
  deleted: false,
  name: botUser.name,
  updated: 0,
  app_id: app.id,
  team_id: id,
});

export const userJson = (workspace: Workspace, user: User, withLocale: boolean): Json => ({
  id: user.id,
  team_id: workspace.id,
  name: user.name,
  deleted: false,
  real_name: user.name,
  tz: 'Europe/Amsterdam',
  profile: { real_name: user.name, display_name: user.name, team: workspace.id },
  is_admin: user.isAdmin,
  is_owner: false,
  is_primary_owner: false,
  is_restricted: false,
  is_ultra_restricted: false,
  is_bot: user.isBot,
  is_app_user: false,
  updated: 0,
  ...(withLocale && { locale: user.locale }),
});

export const viewJson = (
  { app }: World,
  { id, botId }: Workspace,
  view: View,
  values: Json = {},
): Json => ({
  private_metadata: '',
  callback_id: '',
  title: { type: 'plain_text', text: 'View Title', emoji: true },
  close: null,
  submit: null,
  clear_on_close: false,
  notify_on_close: false,
  external_id: '',
  ...view.content,
  id: view.id,
  team_id: id,
  type: view.type,
  state: { values },
  hash: view.hash,
  root_view_id: view.rootId,
  previous_view_id: view.previousId,
  app_id: app.id,
  app_installed_team_id: id,
  bot_id: botId,
});
