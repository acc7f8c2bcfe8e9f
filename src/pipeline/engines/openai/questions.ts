import { z } from 'zod';

import type { EncodedImage } from '../../../image/types.ts';
import type { Call } from '../../types.ts';
import type { Chat, Message } from './chat.ts';
import { fieldSoFar, jsonIn } from './json-text.ts';
import type { Meter } from './meter.ts';
import { pictureUrl } from './pictures.ts';

export interface Question<Answer> {
  /** Letters, digits and underscores. */
  readonly name: string;
  readonly system: string;
  /** Before the words, in an order that stays the same: servers know a prefix that they have seen. */
  readonly pictures: readonly EncodedImage[];
  readonly text: string;
  readonly answer: z.ZodType<Answer>;
  /** The field of the answer that people can read along. */
  readonly spoken?: string;
  readonly seed: number;
}

/** How often a model may answer in a form that can't be read. */
const MAX_ANSWERS = 3;
const MAX_ECHO_CHARACTERS = 4_000;

/**
 * Asks until the answer can be read, at most three times; undefined when none could.
 * @param say Hears the spoken field as it comes, piece by piece.
 */
export async function ask<Answer>(
  chat: Chat,
  question: Question<Answer>,
  say: (text: string) => void,
  meter: Meter,
  call: Call,
): Promise<Answer | undefined> {
  const { name, answer, spoken, seed } = question;
  const messages = await messagesOf(question, call);
  const form = { name, schema: schemaOf(answer) };
  let said = '';
  const listen = (text: string) => {
    if (spoken === undefined) return;
    const words = fieldSoFar(text, spoken);
    // What comes again after a failure is not said twice.
    if (words.length <= said.length) return;
    say(words.slice(said.length));
    said = words;
  };
  for (let turn = 0; turn < MAX_ANSWERS; turn += 1) {
    const request = { messages, form, seed: seed + turn };
    const { text, isCutOff } = await chat.ask(request, listen, meter, call);
    const read = answer.safeParse(jsonIn(text));
    if (read.success) return read.data;
    const fault = isCutOff ? 'it was cut off, so say less' : faultIn(text, read.error);
    messages.push(
      { role: 'assistant', content: text.slice(0, MAX_ECHO_CHARACTERS) || '…' },
      {
        role: 'user',
        content: `That answer can not be used: ${fault}. Answer again with the JSON object alone, in the form above.`,
      },
    );
  }
  return undefined;
}

async function messagesOf(
  { system, pictures, text }: Question<unknown>,
  call: Call,
): Promise<Message[]> {
  const urls = await Promise.all(pictures.map((picture) => pictureUrl(picture, call)));
  return [
    { role: 'system', content: system },
    {
      role: 'user',
      content: [
        ...urls.map((url) => ({ type: 'image_url' as const, image_url: { url } })),
        { type: 'text', text },
      ],
    },
  ];
}

function faultIn(text: string, error: z.ZodError): string {
  if (jsonIn(text) === undefined) return 'there is no JSON object in it';
  const [issue] = error.issues;
  return `${issue?.path.join('.') || 'the object'}: ${issue?.message ?? 'wrong'}`;
}

function schemaOf(type: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io: 'input' });
  return schema;
}
