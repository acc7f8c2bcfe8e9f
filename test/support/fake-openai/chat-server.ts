import type { ServerResponse } from 'node:http';

import { z } from 'zod';

import { event, json, openServer, troubles, type Trouble, type WhenDone } from './http.ts';

export type ChatDialect = 'openai' | 'vllm' | 'sglang' | 'llama.cpp' | 'ollama';

export type QuestionName =
  'plan' | 'target' | 'assessment' | 'edit_scores' | 'look_scores' | 'conclusion';

/** What was asked, as the model would see it. */
export interface Asked {
  readonly name: QuestionName;
  readonly text: string;
  /** JPEG files. */
  readonly pictures: readonly Buffer[];
  readonly seed: number | undefined;
  /** Answers of the model that were not good enough. */
  readonly corrections: readonly string[];
  readonly hasSchema: boolean;
}

/** A text, a JSON object, or what becomes of the stream instead. */
export type Said = string | object | { readonly trouble: 'cut' | 'refusal' | 'filter' | 'death' };

export interface ChatOptions {
  readonly dialect?: ChatDialect;
  readonly model: (asked: Asked) => Said;
  readonly apiKey?: string;
  /** A server whose model can't be held to a schema. */
  readonly noSchema?: boolean;
  /** One each for the first calls. */
  readonly troubles?: Trouble[];
  /** Words in the model's own thoughts, before its answer. */
  readonly thoughts?: string;
  readonly whenDone?: WhenDone;
}

const Picture = z.object({
  type: z.literal('image_url'),
  image_url: z.object({ url: z.string().regex(/^data:image\/jpeg;base64,[A-Za-z0-9+/]+=*$/) }),
});
const Text = z.object({ type: z.literal('text'), text: z.string().min(1) });

const Body = z.object({
  model: z.string(),
  stream: z.literal(true),
  stream_options: z.object({ include_usage: z.literal(true) }).optional(),
  seed: z.int().optional(),
  messages: z
    .tuple([
      z.object({ role: z.literal('system'), content: z.string().min(1) }),
      z.object({ role: z.literal('user'), content: z.array(z.union([Picture, Text])) }),
    ])
    .rest(z.object({ role: z.enum(['assistant', 'user']), content: z.string().min(1) })),
  response_format: z
    .object({
      type: z.literal('json_schema'),
      json_schema: z.object({
        name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
        strict: z.literal(true),
        schema: z.object({
          type: z.literal('object'),
          properties: z.record(z.string(), z.unknown()),
          // Strict mode wants all of them, and no others.
          required: z.array(z.string()),
          additionalProperties: z.literal(false),
        }),
      }),
    })
    .optional(),
});

/** A field that is in the form of the answer to just one question. */
const MARKS: Readonly<Record<QuestionName, string>> = {
  plan: '"decision"',
  target: '{"target"',
  assessment: '{"reason": "one to three',
  edit_scores: '{"edit_success"',
  look_scores: '{"naturalness"',
  conclusion: '"verdict"',
};

/** A server of chat completions, at the wire format of one of the dialects. */
export async function openChatServer({
  dialect = 'vllm',
  model: answerOf,
  apiKey,
  noSchema = false,
  troubles: list = [],
  thoughts,
  whenDone,
}: ChatOptions) {
  const asked: Asked[] = [];
  const isInTrouble = troubles(list);
  const model = MODELS[dialect];
  const server = await openServer(async ({ request, response, body }) => {
    if (request.headers.authorization !== `Bearer ${apiKey ?? 'none'}`) {
      return refuse(response, dialect, 401, 'Incorrect API key provided.');
    }
    if (request.url === '/v1/models') {
      return json(response, 200, { object: 'list', data: [{ id: model, object: 'model' }] });
    }
    if (`${request.method} ${request.url}` !== 'POST /v1/chat/completions') {
      throw new Error(`It was ${request.method} ${request.url}.`);
    }
    if (isInTrouble({ request, response, body })) return;
    const call: unknown = JSON.parse(body.toString());
    const parsed = dialect === 'openai' ? Body.strict().parse(call) : Body.parse(call);
    // llama.cpp has one model, whatever it is called.
    if (parsed.model !== model && dialect !== 'llama.cpp') {
      return refuse(response, dialect, 404, `The model \`${parsed.model}\` does not exist.`);
    }
    if (noSchema && parsed.response_format) {
      return refuse(response, dialect, 400, 'response_format is not supported by this model');
    }
    const { schema } = parsed.response_format?.json_schema ?? {};
    if (schema && Object.keys(schema.properties).some((key) => !schema.required.includes(key))) {
      return refuse(response, dialect, 400, "Invalid schema: 'required' has to hold every key.");
    }
    const question = askedIn(parsed);
    asked.push(question);
    return speak(response, { dialect, model, thoughts }, answerOf(question), {
      withUsage: parsed.stream_options !== undefined,
    });
  }, whenDone);
  return { ...server, asked, model };
}

const MODELS = {
  openai: 'gpt-5-mini',
  vllm: 'Qwen/Qwen2.5-VL-7B-Instruct',
  sglang: 'Qwen/Qwen2.5-VL-7B-Instruct',
  'llama.cpp': 'qwen2.5-vl-7b-q4_k_m.gguf',
  ollama: 'qwen2.5vl:7b',
} as const satisfies Record<ChatDialect, string>;

function refuse(
  response: ServerResponse,
  dialect: ChatDialect,
  status: number,
  message: string,
): void {
  const body = {
    openai: { error: { message, type: 'invalid_request_error', param: null, code: null } },
    vllm: { error: { message, type: 'BadRequestError', param: null, code: status } },
    sglang: { object: 'error', message, type: 'BadRequestError', param: null, code: status },
    'llama.cpp': { error: { code: status, message, type: 'invalid_request_error' } },
    ollama: { error: { message, type: 'api_error', param: null, code: null } },
  }[dialect];
  json(response, status, body);
}

function askedIn({ messages, seed, response_format: format }: z.infer<typeof Body>): Asked {
  const [, { content }, ...rest] = messages;
  const pictures = content.flatMap((part) =>
    part.type === 'image_url'
      ? [Buffer.from(part.image_url.url.slice(part.image_url.url.indexOf(',') + 1), 'base64')]
      : [],
  );
  const text = content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
  if (content.findIndex(({ type }) => type === 'text') < pictures.length) {
    throw new Error('Pictures are to come before the words.');
  }
  const [name] =
    (Object.entries(MARKS) as [QuestionName, string][]).find(([, mark]) => text.includes(mark)) ??
    [];
  if (name === undefined) throw new Error(`Nobody asks: ${text}`);
  const wanted = format?.json_schema.name;
  if (wanted !== undefined && wanted !== name) throw new Error(`${wanted} is not ${name}.`);
  const corrections = rest.filter(({ role }) => role === 'user').map((part) => part.content);
  return { name, text, pictures, seed, corrections, hasSchema: format !== undefined };
}

function speak(
  response: ServerResponse,
  from: { dialect: ChatDialect; model: string; thoughts: string | undefined },
  said: Said,
  { withUsage }: { readonly withUsage: boolean },
): void {
  const { dialect, model, thoughts } = from;
  const chunk = (delta: object, reason: string | null = null) =>
    event(response, {
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      created: 1_700_000_000,
      model,
      choices: [{ index: 0, delta, finish_reason: reason }],
    });
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  chunk({ role: 'assistant', content: '' });
  if (thoughts !== undefined) {
    const field = dialect === 'ollama' ? 'reasoning' : 'reasoning_content';
    if (dialect === 'llama.cpp') chunk({ content: `<think>${thoughts} {"x": 1}</think>` });
    else chunk({ [field]: thoughts });
  }
  const trouble = typeof said === 'object' && 'trouble' in said ? said.trouble : undefined;
  if (trouble === 'refusal') chunk({ refusal: 'I can’t help with that.' });
  if (trouble === 'filter') chunk({}, 'content_filter');
  if (trouble === 'death') {
    chunk({ content: '{"reasoning": "It is' });
    response.write('data: {"id": "chat', () => response.destroy());
    return;
  }
  const text =
    trouble === 'cut'
      ? '{"reasoning": "It is'
      : typeof said === 'string'
        ? said
        : JSON.stringify(said);
  for (let at = 0; at < text.length; at += 7) chunk({ content: text.slice(at, at + 7) });
  chunk({}, trouble === 'cut' ? 'length' : 'stop');
  if (withUsage) {
    const usage = { prompt_tokens: 900, completion_tokens: 60, total_tokens: 960 };
    event(response, {
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      model,
      choices: [],
      usage,
    });
  }
  response.end('data: [DONE]\n\n');
}
