import type { ServerResponse } from 'node:http';

import sharp from 'sharp';

import { event, json, openServer, troubles, type Trouble, type WhenDone } from './http.ts';

export type ImageDialect = 'openai' | 'vllm-omni' | 'sglang' | 'sd.cpp';

export interface Order {
  readonly prompt: string;
  /** PNG files, the one to edit first. */
  readonly pictures: readonly Buffer[];
  readonly mask: Buffer | undefined;
  readonly size: string | undefined;
  readonly seed: number | undefined;
  readonly fields: Readonly<Record<string, string>>;
  /** Resolves when the connection is gone; before the answer, that is by the client. */
  readonly gone: Promise<unknown>;
}

export interface ImageOptions {
  readonly dialect?: ImageDialect;
  /** Makes the edited picture, a file; or what becomes of the answer instead. */
  readonly paint: (order: Order) => Promise<Buffer | Trouble>;
  readonly apiKey?: string;
  readonly troubles?: Trouble[];
  /** Knows no masks, and says so. */
  readonly noMasks?: boolean;
  /** Answers with this address in place of a picture. */
  readonly address?: string;
  readonly whenDone?: WhenDone;
}

const FIELDS: Readonly<Record<ImageDialect, ReadonlySet<string> | 'any'>> = {
  openai: new Set(
    'model prompt image image[] n size stream partial_images quality mask background'.split(' '),
  ),
  // FastAPI and httplib pass over what they don't know.
  'vllm-omni': 'any',
  sglang: 'any',
  'sd.cpp': 'any',
};

const MODELS = {
  openai: 'gpt-image-1',
  'vllm-omni': 'Qwen/Qwen-Image-Edit-2511',
  sglang: 'black-forest-labs/FLUX.2-klein-4B',
  'sd.cpp': 'sd-cpp-local',
} as const satisfies Record<ImageDialect, string>;

const SIZES = new Set(['1024x1024', '1024x1536', '1536x1024', 'auto']);

/** A server of image edits, at the wire format of one of the dialects. */
export async function openImageServer({
  dialect = 'vllm-omni',
  paint,
  apiKey,
  troubles: list = [],
  noMasks = false,
  address,
  whenDone,
}: ImageOptions) {
  const orders: Order[] = [];
  const isInTrouble = troubles(list);
  const model = MODELS[dialect];
  let last: Buffer = Buffer.alloc(0);
  const server = await openServer(async ({ request, response, body }) => {
    if (request.headers.authorization !== `Bearer ${apiKey ?? 'none'}`) {
      return refuse(response, dialect, 401, 'Incorrect API key provided.');
    }
    if (request.url === '/v1/models') {
      return json(response, 200, { data: [{ id: model, object: 'model' }] });
    }
    if (request.url === '/v1/images/1/content') {
      response.writeHead(200, { 'content-type': 'image/png' }).end(last);
      return;
    }
    if (`${request.method} ${request.url}` !== 'POST /v1/images/edits') {
      throw new Error(`It was ${request.method} ${request.url}.`);
    }
    if (isInTrouble({ request, response, body })) return;
    const type = request.headers['content-type'] ?? '';
    if (!type.startsWith('multipart/form-data')) throw new Error(`It came as ${type}.`);
    const form = await new Response(body, { headers: { 'content-type': type } }).formData();
    const order = { ...(await orderIn(form, dialect)), gone: closed(response) };
    const fault = faultIn(order, dialect, model) ?? (await faultInMask(order, noMasks));
    if (fault) return refuse(response, dialect, fault.status, fault.message, fault.param);
    orders.push(order);
    const painted = await paint(order);
    if (typeof painted === 'function') return painted({ request, response, body });
    last = painted;
    return hand(response, { dialect, address }, order, last);
  }, whenDone);
  return { ...server, orders, model };
}

const closed = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    response.once('close', resolve);
  });

async function orderIn(form: FormData, dialect: ImageDialect): Promise<Omit<Order, 'gone'>> {
  const files = [...form.getAll('image'), ...form.getAll('image[]')];
  const pictures = await Promise.all(
    files.map(async (file) => {
      if (typeof file === 'string') throw new Error('A picture came as text.');
      if (file.type !== 'image/png') throw new Error(`A picture came as ${file.type}.`);
      return Buffer.from(await file.arrayBuffer());
    }),
  );
  const drawn = form.get('mask');
  const mask = drawn instanceof File ? Buffer.from(await drawn.arrayBuffer()) : undefined;
  const fields: Record<string, string> = {};
  for (const [name, value] of form) if (typeof value === 'string') fields[name] = value;
  const [, extra] =
    /<sd_cpp_extra_args>(.*?)<\/sd_cpp_extra_args>/.exec(fields['prompt'] ?? '') ?? [];
  const args = dialect === 'sd.cpp' && extra !== undefined ? JSON.parse(extra) : fields;
  const seed = args.seed === undefined ? undefined : Number(args.seed);
  return { prompt: fields['prompt'] ?? '', pictures, mask, size: fields['size'], seed, fields };
}

/** OpenAI's rules, which the others are glad to be held to. */
async function faultInMask(
  { pictures, mask }: Order,
  noMasks: boolean,
): Promise<Fault | undefined> {
  if (!mask) return undefined;
  if (noMasks) return { status: 400, message: "Unknown parameter: 'mask'.", param: 'mask' };
  const [is, wanted] = await Promise.all([sharp(mask).metadata(), sharp(pictures[0]).metadata()]);
  if (is.format !== 'png' || !is.hasAlpha || mask.length >= 4e6) {
    return { status: 400, message: 'The mask has to be a PNG of less than 4 MB with alpha.' };
  }
  if (is.width !== wanted.width || is.height !== wanted.height) {
    return { status: 400, message: 'The mask has to have the size of the image.' };
  }
  return undefined;
}

interface Fault {
  readonly status: number;
  readonly message: string;
  readonly param?: string;
}

function faultIn(
  { pictures, prompt, size, seed, fields }: Omit<Order, 'gone'>,
  dialect: ImageDialect,
  model: string,
): Fault | undefined {
  const known = FIELDS[dialect];
  const unknown = Object.keys(fields).find((name) => known !== 'any' && !known.has(name));
  if (unknown !== undefined) {
    return { status: 400, message: `Unknown parameter: '${unknown}'.`, param: unknown };
  }
  if (pictures.length === 0) return { status: 422, message: "Field 'image' or 'url' is required" };
  if (prompt === '') return { status: 400, message: 'prompt required' };
  if (fields['model'] !== model) return { status: 404, message: 'The model does not exist.' };
  if (seed !== undefined && !(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31)) {
    return { status: 400, message: `seed is out of range: ${seed}` };
  }
  if (dialect === 'openai' && size !== undefined && !SIZES.has(size)) {
    return { status: 400, message: `Invalid value: '${size}'.`, param: 'size' };
  }
  if (size !== undefined && size !== 'auto' && !/^\d+x\d+$/.test(size)) {
    return { status: 400, message: `Invalid size format: '${size}'.` };
  }
  if (dialect === 'vllm-omni' && fields['stream'] === 'true') {
    return { status: 400, message: 'stream=true is only supported by multi-stage models.' };
  }
  const format = fields['response_format'];
  if (dialect === 'vllm-omni' && format !== undefined && format !== 'b64_json') {
    return { status: 400, message: 'response_format has to be b64_json.' };
  }
  return undefined;
}

function refuse(
  response: ServerResponse,
  dialect: ImageDialect,
  status: number,
  message: string,
  param: string | null = null,
): void {
  const code = param === 'size' ? 'invalid_value' : 'unknown_parameter';
  const body = {
    openai: { error: { message, type: 'invalid_request_error', param, code } },
    'vllm-omni': { detail: message },
    sglang: { detail: message },
    'sd.cpp': { error: message },
  }[dialect];
  json(response, status, body);
}

function hand(
  response: ServerResponse,
  { dialect, address }: { dialect: ImageDialect; address: string | undefined },
  { fields }: Order,
  picture: Buffer,
): void {
  const b64_json = picture.toString('base64');
  const usage = { input_tokens: 400, output_tokens: 4_000, total_tokens: 4_400 };
  if (dialect === 'openai' && fields['stream'] === 'true') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (let index = 0; index < Number(fields['partial_images']); index += 1) {
      const type = 'image_edit.partial_image';
      event(response, { type, b64_json, partial_image_index: index, output_format: 'png' }, type);
    }
    const type = 'image_edit.completed';
    event(response, { type, b64_json, usage, output_format: 'png' }, type);
    response.end();
    return;
  }
  const data = address === undefined ? { b64_json } : { url: address };
  json(response, 200, {
    created: 1_700_000_000,
    data: [data],
    ...(dialect === 'openai' && { usage }),
    ...(dialect === 'vllm-omni' && { output_format: null, size: null }),
  });
}
