import type { Agent } from 'undici';

import { boundedText } from '../../../http/bounded-body.ts';
import type { Meter } from './meter.ts';
import { through } from './through.ts';

/** An answer of four pictures of 16 megapixels, in Base64. */
const MAX_REPLY_BYTES = 256 * 2 ** 20;
const MAX_ERROR_BYTES = 64 * 2 ** 10;

/**
 * A `fetch` for the client, which counts what crosses, follows no redirect (key and pictures are for
 * the configured address alone), and brings the errors of all dialects into OpenAI's form.
 */
export function wireFetch(agent: Agent, meter: Meter): typeof fetch {
  return async (url, init = {}) => {
    // The client tries out by it whether forms can be sent.
    if (typeof url === 'string' && url.startsWith('data:')) return fetch(url, init);
    const { body, headers } = await bodyOf(init);
    meter.sent(body?.length ?? 0);
    const request = { ...init, headers, ...(body && { body }), redirect: 'manual' } as const;
    const response = await fetch(url, through(agent, request));
    if (response.ok) return counted(response, meter);
    const text = (await boundedText(response.body, MAX_ERROR_BYTES)) ?? '';
    meter.received(text.length);
    const { status, headers: received } = response;
    // The client takes a redirect's status for success.
    const code = status >= 300 && status < 400 ? 502 : status;
    const plain = new Headers({ 'content-type': 'application/json' });
    const wait = received.get('retry-after');
    if (wait !== null) plain.set('retry-after', wait);
    return new Response(JSON.stringify({ error: errorIn(text) }), { status: code, headers: plain });
  };
}

async function bodyOf(init: RequestInit): Promise<{ body?: Uint8Array; headers: Headers }> {
  const headers = new Headers(init.headers);
  if (init.body === undefined || init.body === null) return { headers };
  // Of a form only this tells the size, and the boundary that goes with it.
  const packed = new Response(init.body);
  const type = packed.headers.get('content-type');
  if (init.body instanceof FormData && type !== null) headers.set('content-type', type);
  return { body: new Uint8Array(await packed.arrayBuffer()), headers };
}

function counted(response: Response, meter: Meter): Response {
  let size = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.length;
      meter.received(chunk.length);
      if (size > MAX_REPLY_BYTES) controller.error(new RangeError('The answer does not end.'));
      else controller.enqueue(chunk);
    },
  });
  const { status, headers } = response;
  const plain = new Headers(headers);
  // The body comes unpacked.
  plain.delete('content-encoding');
  plain.delete('content-length');
  return new Response(response.body?.pipeThrough(counter) ?? null, { status, headers: plain });
}

interface WireError {
  readonly message: string;
  readonly code?: string;
  readonly type?: string;
  readonly param?: string;
}

/**
 * OpenAI, vLLM, Ollama and llama.cpp: `{error: {message, code …}}`; stable-diffusion.cpp: `{error: "…"}`;
 * older vLLM: `{object: "error", message, code …}`; FastAPI (vLLM-Omni, SGLang): `{detail: "…" | [{loc, msg}]}`.
 */
function errorIn(text: string): WireError {
  const body = objectIn(text);
  const { error, detail } = body;
  if (typeof error === 'object' && error !== null) return fieldsOf(error);
  if (typeof error === 'string') return { message: error };
  if (typeof detail === 'string') return { message: detail };
  if (Array.isArray(detail)) return { message: JSON.stringify(detail).slice(0, 2_000) };
  return typeof body['message'] === 'string' ? fieldsOf(body) : { message: '' };
}

function fieldsOf(error: object): WireError {
  const text = (field: string) => {
    const value: unknown = Object.getOwnPropertyDescriptor(error, field)?.value;
    return typeof value === 'string' ? { [field]: value } : {};
  };
  return { message: '', ...text('message'), ...text('code'), ...text('type'), ...text('param') };
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
