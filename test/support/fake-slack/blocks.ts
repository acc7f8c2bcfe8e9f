import { z } from 'zod';

import { Refusal, refuseUnless } from './refusal.ts';
import type { Json } from './types.ts';
import type { SlackFile, Workspace } from './workspace.ts';

/*
 * Block Kit's limits, as the reference of each block and element states them.
 */

const plain = (max: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.boolean().optional(),
  });

const text = (max: number) =>
  z.discriminatedUnion('type', [
    plain(max),
    z.strictObject({
      type: z.literal('mrkdwn'),
      text: z.string().min(1).max(max),
      verbatim: z.boolean().optional(),
    }),
  ]);

const id = z.string().max(255).optional();

const confirm = z.strictObject({
  title: plain(100),
  text: text(300),
  confirm: plain(30),
  deny: plain(30),
  style: z.enum(['primary', 'danger']).optional(),
});

const slackFile = z.union([
  z.strictObject({ id: z.string().min(1) }),
  z.strictObject({ url: z.string().min(1).max(3_000) }),
]);

const PICTURE = {
  alt_text: z.string().min(1).max(2_000),
  image_url: z.url().max(3_000).optional(),
  slack_file: slackFile.optional(),
};

const hasOnePicture = (image: { image_url?: unknown; slack_file?: unknown }) =>
  (image.image_url === undefined) !== (image.slack_file === undefined);

const imageElement = z
  .strictObject({ type: z.literal('image'), ...PICTURE })
  .refine(hasOnePicture, 'one of image_url and slack_file');

const button = z.strictObject({
  type: z.literal('button'),
  text: plain(75),
  action_id: id,
  value: z.string().max(2_000).optional(),
  url: z.url().max(3_000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: confirm.optional(),
  accessibility_label: z.string().max(75).optional(),
});

const option = z.strictObject({
  text: text(75),
  value: z.string().min(1).max(150),
  description: text(75).optional(),
  url: z.url().max(3_000).optional(),
});

const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: id,
  options: z.array(option).min(1).max(5),
  confirm: confirm.optional(),
});

const select = z.strictObject({
  type: z.enum(['static_select', 'radio_buttons', 'checkboxes']),
  action_id: id,
  options: z.array(option).min(1).max(100),
  placeholder: plain(150).optional(),
  initial_option: option.optional(),
  initial_options: z.array(option).optional(),
  confirm: confirm.optional(),
  focus_on_load: z.boolean().optional(),
});

const channelSelect = z.strictObject({
  type: z.enum([
    'conversations_select',
    'channels_select',
    'users_select',
    'multi_conversations_select',
    'multi_channels_select',
    'multi_users_select',
  ]),
  action_id: id,
  placeholder: plain(150).optional(),
  initial_conversation: z.string().optional(),
  initial_conversations: z.array(z.string()).optional(),
  initial_channel: z.string().optional(),
  initial_channels: z.array(z.string()).optional(),
  default_to_current_conversation: z.boolean().optional(),
  response_url_enabled: z.boolean().optional(),
  max_selected_items: z.number().int().min(1).optional(),
  filter: z.record(z.string(), z.unknown()).optional(),
  confirm: confirm.optional(),
  focus_on_load: z.boolean().optional(),
});

const textInput = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: id,
  multiline: z.boolean().optional(),
  initial_value: z.string().max(3_000).optional(),
  min_length: z.number().int().min(0).max(3_000).optional(),
  max_length: z.number().int().min(1).max(3_000).optional(),
  placeholder: plain(150).optional(),
  focus_on_load: z.boolean().optional(),
  dispatch_action_config: z.record(z.string(), z.unknown()).optional(),
});

const numberInput = z.strictObject({
  type: z.literal('number_input'),
  action_id: id,
  is_decimal_allowed: z.boolean(),
  initial_value: z.string().optional(),
  min_value: z.string().optional(),
  max_value: z.string().optional(),
  placeholder: plain(150).optional(),
  focus_on_load: z.boolean().optional(),
});

const fileInput = z.strictObject({
  type: z.literal('file_input'),
  action_id: id,
  filetypes: z.array(z.string()).optional(),
  max_files: z.number().int().min(1).max(10).optional(),
});

const INTERACTIVE = [button, overflow, select, channelSelect] as const;

const section = z
  .strictObject({
    type: z.literal('section'),
    block_id: id,
    text: text(3_000).optional(),
    fields: z.array(text(2_000)).min(1).max(10).optional(),
    accessory: z.union([...INTERACTIVE, imageElement]).optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text ?? block.fields, 'missing required field: text');

const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: id,
  elements: z.array(z.union(INTERACTIVE)).min(1).max(25),
});

const context = z.strictObject({
  type: z.literal('context'),
  block_id: id,
  elements: z
    .array(z.union([imageElement, text(3_000)]))
    .min(1)
    .max(10),
});

const image = z
  .strictObject({
    type: z.literal('image'),
    block_id: id,
    title: plain(2_000).optional(),
    ...PICTURE,
  })
  .refine(hasOnePicture, 'one of image_url and slack_file');

const input = (isModal: boolean) =>
  z.strictObject({
    type: z.literal('input'),
    block_id: id,
    label: plain(2_000),
    hint: plain(2_000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
    element: z.union([
      textInput,
      numberInput,
      select,
      channelSelect,
      ...(isModal ? [fileInput] : []),
    ]),
  });

const block = (isModal: boolean) =>
  z.discriminatedUnion('type', [
    section,
    actions,
    context,
    image,
    input(isModal),
    z.strictObject({ type: z.literal('header'), block_id: id, text: plain(150) }),
    z.strictObject({ type: z.literal('divider'), block_id: id }),
    z.strictObject({
      type: z.literal('markdown'),
      block_id: id,
      text: z.string().min(1).max(12_000),
    }),
    z.strictObject({
      type: z.literal('rich_text'),
      block_id: id,
      elements: z.array(z.record(z.string(), z.unknown())).min(1),
    }),
  ]);

const MESSAGE_BLOCKS = z.array(block(false)).max(50);
const MODAL_BLOCKS = z.array(block(true)).min(1).max(100);
const HOME_BLOCKS = z.array(block(false)).max(100);

/** All blocks of a message as JSON; longer ones are refused, though no reference says so. */
const MAX_BLOCKS_CHARACTERS = 13_200;

const MODAL = z.strictObject({
  type: z.literal('modal'),
  title: plain(24),
  blocks: MODAL_BLOCKS,
  submit: plain(24).optional(),
  close: plain(24).optional(),
  private_metadata: z.string().max(3_000).optional(),
  callback_id: id,
  external_id: id,
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
});

const HOME = z.strictObject({
  type: z.literal('home'),
  blocks: HOME_BLOCKS,
  private_metadata: z.string().max(3_000).optional(),
  callback_id: id,
  external_id: id,
});

/**
 * The blocks of a message, if Slack takes them.
 * @throws {Refusal}
 */
export function checkBlocks(workspace: Workspace, value: unknown): readonly Json[] | undefined {
  if (value === undefined) return undefined;
  demand(MESSAGE_BLOCKS, value, 'invalid_blocks');
  const blocks = value as readonly Json[];
  refuseUnless(JSON.stringify(blocks).length <= MAX_BLOCKS_CHARACTERS, 'msg_blocks_too_long');
  checkTogether(workspace, blocks, 'invalid_blocks');
  return blocks;
}

/** @throws {Refusal} */
export function checkView(workspace: Workspace, value: unknown, type: 'modal' | 'home'): Json {
  demand(type === 'modal' ? MODAL : HOME, value, 'invalid_arguments');
  const view = value as Json;
  const blocks = view['blocks'] as readonly Json[];
  const hasInput = blocks.some((one) => one['type'] === 'input');
  if (type === 'modal' && hasInput && view['submit'] === undefined) {
    throw invalid('invalid_arguments', 'missing required field: submit', '/view');
  }
  checkTogether(workspace, blocks, 'invalid_arguments');
  return view;
}

function demand(schema: z.ZodType, value: unknown, error: string): void {
  const { error: wrong } = schema.safeParse(value);
  const [issue] = wrong?.issues ?? [];
  if (issue) throw invalid(error, issue.message, `/blocks/${issue.path.join('/')}`);
}

/** What one block can't show alone: ids are unique, and files are there. */
function checkTogether(workspace: Workspace, blocks: readonly Json[], error: string): void {
  const blockIds = blocks.map((one) => one['block_id']).filter((one) => one !== undefined);
  if (new Set(blockIds).size < blockIds.length) {
    throw invalid(error, 'block_id is not unique', '/blocks');
  }
  for (const one of blocks) {
    const elements = (one['elements'] ?? []) as readonly Json[];
    const actionIds = elements.map((element) => element['action_id']).filter(Boolean);
    if (new Set(actionIds).size < actionIds.length) {
      throw invalid(error, 'action_id is not unique', '/blocks');
    }
    for (const part of [one, one['accessory'] as Json | undefined, ...elements]) {
      const file = part?.['slack_file'] as SlackFile | undefined;
      if (file && !isShowable(workspace, file))
        throw invalid(error, 'invalid slack file', '/blocks');
    }
  }
}

const SHOWABLE = new Set(['png', 'jpg', 'gif']);

function isShowable(workspace: Workspace, named: SlackFile): boolean {
  const file = workspace.findFile(named);
  if (file?.state !== 'complete' || file.pollsLeft > 0) return false;
  return SHOWABLE.has(file.kind.fileType);
}

function invalid(error: string, message: string, pointer: string): Refusal {
  const told = `[ERROR] ${message} [json-pointer:${pointer}]`;
  return new Refusal(error, { errors: [told], response_metadata: { messages: [told] } });
}
