import { Stream } from 'openai/streaming';
import { z } from 'zod';

import { boundedText } from '../../../http/bounded-body.ts';
import { linkedAbort } from '../../../image/linked-abort.ts';
import type { Call } from '../../types.ts';
import { unreadable } from './failures.ts';

/** A picture as servers hand it over. */
const Picture = z.object({ b64_json: z.string().nullish(), url: z.string().nullish() });

const Tokens = z.object({ input_tokens: z.number(), output_tokens: z.number() }).nullish();

const Whole = z.object({ data: z.array(Picture).min(1), usage: Tokens.catch(undefined) });

/** OpenAI's events, and those of vLLM-Omni for models that write before they paint. */
const Event = z.union([
  z.object({ type: z.literal('image_edit.partial_image'), b64_json: z.string() }),
  z.object({
    type: z.literal('image_edit.completed'),
    b64_json: z.string(),
    usage: Tokens.catch(undefined),
  }),
  z.object({ type: z.literal('image'), data: z.array(Picture).min(1) }),
]);

export interface EditReply {
  readonly picture: { readonly base64: string } | { readonly url: string };
  readonly inputTokens?: number;
  readonly outputTokens?: number;
}

const MAX_BYTES = 256 * 2 ** 20;

/**
 * Reads the answer to an edit, streamed or not: servers that don't know of streams send it whole.
 * @param onPartial Hears unfinished pictures, Base64.
 * @throws {AppError} `ENGINE_UNAVAILABLE` where no picture comes.
 */
export async function readEditReply(
  response: Response,
  onPartial: (base64: string) => void,
  call: Call,
): Promise<EditReply> {
  if (response.headers.get('content-type')?.includes('text/event-stream')) {
    return readEvents(response, onPartial, call);
  }
  const text = await boundedText(response.body, MAX_BYTES);
  const reply = Whole.safeParse(jsonOf(text)).data;
  if (!reply) throw unreadable('EDITOR', 'something that is no picture');
  return { picture: pictureIn(reply.data), ...tokensIn(reply.usage) };
}

async function readEvents(
  response: Response,
  onPartial: (base64: string) => void,
  { signal }: Call,
): Promise<EditReply> {
  const { controller, unlink } = linkedAbort(signal);
  try {
    for await (const data of Stream.fromSSEResponse<unknown>(response, controller)) {
      // Words that some models write first, and whatever else is not known, are passed over.
      const event = Event.safeParse(data).data;
      if (event?.type === 'image_edit.partial_image') onPartial(event.b64_json);
      else if (event?.type === 'image_edit.completed') {
        return { picture: { base64: event.b64_json }, ...tokensIn(event.usage) };
      } else if (event) return { picture: pictureIn(event.data) };
    }
    signal.throwIfAborted();
    throw new TypeError('The stream ended without a picture.');
  } finally {
    unlink();
  }
}

function pictureIn([picture]: readonly z.infer<typeof Picture>[]): EditReply['picture'] {
  if (picture?.b64_json) return { base64: picture.b64_json };
  if (picture?.url) return { url: picture.url };
  throw unreadable('EDITOR', 'something that is no picture');
}

function tokensIn(usage: z.infer<typeof Tokens>): Omit<EditReply, 'picture'> {
  return usage ? { inputTokens: usage.input_tokens, outputTokens: usage.output_tokens } : {};
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
