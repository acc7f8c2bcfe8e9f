import { MessageFlags } from 'discord.js';
import { z } from 'zod';

import { failure, invalidForm } from '../api-error.ts';
import type { FakeFile, MessageBody } from '../records.ts';
import { checkComponents } from './components.ts';

const Id = z.string().regex(/^\d{1,20}$/);

const AllowedMentions = z.strictObject({
  parse: z.array(z.enum(['roles', 'users', 'everyone'])).optional(),
  roles: z.array(Id).max(100).optional(),
  users: z.array(Id).max(100).optional(),
  replied_user: z.boolean().optional(),
});

const Body = z.strictObject({
  content: z.string().nullish(),
  nonce: z.union([z.string(), z.int()]).nullish(),
  enforce_nonce: z.boolean().optional(),
  tts: z.boolean().nullish(),
  embeds: z.array(z.unknown()).max(10).nullish(),
  components: z.array(z.looseObject({ type: z.int() })).nullish(),
  flags: z.int().nullish(),
  allowed_mentions: AllowedMentions.nullish(),
  message_reference: z
    .strictObject({
      type: z.int().optional(),
      message_id: Id.optional(),
      channel_id: Id.optional(),
      guild_id: Id.optional(),
      fail_if_not_exists: z.boolean().optional(),
    })
    .nullish(),
  attachments: z
    .array(
      z.looseObject({
        id: z.union([z.string(), z.int()]),
        filename: z.string().optional(),
        description: z.string().max(1_024).nullish(),
      }),
    )
    .nullish(),
  sticker_ids: z.array(Id).optional(),
  // What some libraries send for webhooks alone.
  username: z.string().optional(),
  avatar_url: z.string().optional(),
});

const CHARACTERS = 2_000;
const NONCE_CHARACTERS = 25;
const FILES = 10;
const COMPONENTS_V2 = MessageFlags.IsComponentsV2;

/** A body as it came, held against the form. Throws what the platform answers. */
export function readMessageBody(body: unknown, onFault: (fault: string) => void): MessageBody {
  const parsed = Body.safeParse(body ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    if (issue?.code === 'unrecognized_keys') {
      onFault(`A message has fields that nobody knows: ${issue.keys.join(', ')}.`);
    }
    const path = issue?.path.join('.') ?? '';
    throw invalidForm(path, 'BASE_TYPE_INVALID', issue?.message ?? 'unreadable');
  }
  const { nonce, content } = parsed.data;
  if (typeof content === 'string' && content.length > CHARACTERS) {
    throw invalidForm(
      'content',
      'BASE_TYPE_MAX_LENGTH',
      `Must be ${CHARACTERS} or fewer in length.`,
    );
  }
  if (typeof nonce === 'string' && nonce.length > NONCE_CHARACTERS) {
    throw invalidForm('nonce', 'BASE_TYPE_MAX_LENGTH', `Must be ${NONCE_CHARACTERS} or fewer.`);
  }
  return parsed.data;
}

/** What a message would be. */
interface Whole {
  readonly content: string;
  readonly flags: number;
  readonly components: NonNullable<MessageBody['components']>;
  readonly files: readonly Pick<FakeFile, 'name'>[];
  readonly isForward?: boolean;
}

/** Holds a whole message against the rules of what may be together. */
export function checkMessage(whole: Whole, body: MessageBody): void {
  const { content, flags, components, files } = whole;
  if (files.length > FILES) {
    throw invalidForm(
      'attachments',
      'BASE_TYPE_MAX_LENGTH',
      `Must be ${FILES} or fewer in length.`,
    );
  }
  const isV2 = (flags & COMPONENTS_V2) !== 0;
  const embeds = 'embeds' in body && Array.isArray(body.embeds) ? body.embeds : [];
  if (isV2 && (content !== '' || embeds.length > 0)) {
    throw invalidForm(
      content === '' ? 'embeds' : 'content',
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      'It cannot be used with the flag IS_COMPONENTS_V2.',
    );
  }
  checkComponents(components, { isV2, files: files.map(({ name }) => name) });
  const isEmpty =
    content.trim() === '' && files.length === 0 && embeds.length === 0 && components.length === 0;
  if (isEmpty) throw failure(50_006);
}

/** The flags of a message after a change of it: the one for components stays. */
export function changedFlags(before: number, flags: number | null | undefined): number {
  if (flags === null || flags === undefined) return before;
  if (before & COMPONENTS_V2 && !(flags & COMPONENTS_V2)) {
    throw invalidForm('flags', 'MESSAGE_FLAGS_INVALID', 'IS_COMPONENTS_V2 can not be taken away.');
  }
  const changeable = MessageFlags.SuppressEmbeds | COMPONENTS_V2;
  return (before & ~MessageFlags.SuppressEmbeds) | (flags & changeable);
}
