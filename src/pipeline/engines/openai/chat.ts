import { APIError } from 'openai';
import type {
  ChatCompletionChunk,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';

import { AppError } from '../../../errors.ts';
import type { Call } from '../../types.ts';
import { contentRefused, serverFailure } from './failures.ts';
import type { Meter } from './meter.ts';
import { OptionalFields } from './optional-fields.ts';
import type { Server } from './server.ts';

export type Message = ChatCompletionMessageParam;

export interface ChatRequest {
  readonly messages: readonly Message[];
  /** The form of the answer, where the server can hold its model to one. */
  readonly form: { readonly name: string; readonly schema: Record<string, unknown> };
  readonly seed: number;
}

export interface Reply {
  readonly text: string;
  /** The server ended it before the model did. */
  readonly isCutOff: boolean;
}

/** A reply beyond this is none: the model does not find its end. */
const MAX_CHARACTERS = 100_000;

/** The part of `POST /chat/completions` that is needed: pictures and words in, streamed words out. */
export class Chat {
  readonly #server: Server;
  readonly #optional = new OptionalFields();

  constructor(server: Server) {
    this.#server = server;
  }

  /**
   * @param say Hears the reply as it comes; after a failure in the middle from the beginning again.
   * @throws {AppError} `CONTENT_REFUSED`, `ENGINE_UNAVAILABLE`, `BAD_SETTINGS`; the reason of the signal.
   */
  ask(request: ChatRequest, say: (text: string) => void, meter: Meter, call: Call): Promise<Reply> {
    return this.#server.attempt((inner) => this.#ask(request, say, meter, inner), meter, call);
  }

  async #ask(
    { messages, form, seed }: ChatRequest,
    say: (text: string) => void,
    meter: Meter,
    call: Call,
  ): Promise<Reply> {
    const { half, options } = this.#server;
    const model = await this.#server.model(meter, call);
    const client = this.#server.client(meter);
    const optional = {
      seed,
      stream_options: { include_usage: true },
      response_format: {
        type: 'json_schema',
        json_schema: { ...form, strict: true },
      },
    } as const;
    const chunks = await this.#optional.offer(optional, (taken) =>
      client.chat.completions
        .create(
          { ...options.extra, ...taken, model, messages: [...messages], stream: true },
          { signal: call.signal },
        )
        .catch((error: unknown) => {
          // A refusal of what is asked is no refusal of how.
          const failure = serverFailure(half, error);
          throw failure.code === 'CONTENT_REFUSED' || !(error instanceof APIError)
            ? failure
            : error;
        }),
    );
    return this.#read(chunks, model, say, meter);
  }

  async #read(
    chunks: AsyncIterable<ChatCompletionChunk>,
    model: string,
    say: (text: string) => void,
    meter: Meter,
  ): Promise<Reply> {
    const { half } = this.#server;
    let text = '';
    let ending: string | undefined;
    for await (const { choices, usage } of chunks) {
      if (usage) {
        const { prompt_tokens: inputTokens, completion_tokens: outputTokens } = usage;
        meter.took(model, { inputTokens, outputTokens });
      }
      const choice = choices?.[0];
      if (!choice) continue;
      const { delta, finish_reason: reason } = choice;
      if (delta?.refusal || reason === 'content_filter') throw contentRefused(half);
      if (delta?.content) {
        text += delta.content;
        say(text);
      }
      ending = reason ?? ending;
      if (text.length > MAX_CHARACTERS) return { text, isCutOff: true };
    }
    if (ending === undefined) {
      throw new AppError('ENGINE_UNAVAILABLE', "The reasoner's server broke off its answer.", {
        retryable: true,
      });
    }
    return { text, isCutOff: ending === 'length' };
  }
}
