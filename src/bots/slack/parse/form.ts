import { z } from 'zod';

import type { RequestOptions } from '../../types.ts';
import { plain, type PlainText } from '../../plain-text.ts';
import { attachmentsOf } from './attachments.ts';
import { FileFields, type FormSubmission, type MessageFields } from './payloads.ts';

/** Names of forms and of what is filled in, as they come back. */
export const FORM = {
  request: 'edit_request',
  settings: 'edit_settings',
  wish: 'wish',
  files: 'files',
  rounds: 'rounds',
  channels: 'channels',
  daily: 'daily',
  followUps: 'follow_ups',
} as const;

const Target = z.object({
  ts: z.string(),
  isOurs: z.boolean(),
  files: z.array(FileFields.pick({ id: true, name: true, mimetype: true })),
});

/** What a form carries with it, unseen: where it was opened, and on what. */
const Hidden = z.object({
  channel: z.string(),
  thread: z.string().exactOptional(),
  target: Target.exactOptional(),
});

export type Hidden = z.infer<typeof Hidden>;

/** The most that Slack keeps with a form. */
const MAX_HIDDEN = 3_000;

export function writeHidden(hidden: Hidden): string {
  const text = JSON.stringify(hidden);
  if (text.length <= MAX_HIDDEN || !hidden.target) return text;
  // By their ids alone they are found as well.
  const files = hidden.target.files.map(({ id }) => ({ id }));
  return JSON.stringify({ ...hidden, target: { ...hidden.target, files } });
}

export function readHidden(text: string): Hidden | undefined {
  try {
    return Hidden.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The message that a form was opened on, as far as it is needed when the form comes back. */
export function targetOf(message: MessageFields, botUserId: string): NonNullable<Hidden['target']> {
  const { ts, user, files } = message;
  return {
    ts,
    isOurs: user === botUserId,
    files: files.map(({ id, name, mimetype }) => ({ id, name, mimetype })),
  };
}

const Filled = {
  text: z.object({ value: z.string().nullish() }),
  files: z.object({ files: z.array(FileFields).nullish() }),
  choice: z.object({ selected_option: z.object({ value: z.string() }).nullish() }),
};

/** What was filled into the request form. */
export function requestIn({ view }: FormSubmission, team: string) {
  const { values } = view.state;
  const fill = <T>(name: string, schema: z.ZodType<T>): T | undefined =>
    schema.safeParse(values[name]?.[name]).data;
  const text: PlainText = plain(fill(FORM.wish, Filled.text)?.value?.trim() ?? '');
  const rounds = Number(fill(FORM.rounds, Filled.choice)?.selected_option?.value);
  const options: RequestOptions | undefined =
    Number.isInteger(rounds) && rounds > 0 ? { rounds } : undefined;
  const attachments = attachmentsOf(team, fill(FORM.files, Filled.files)?.files ?? []);
  return { text, attachments, ...(options && { options }) };
}
