import { APIError, toFile } from 'openai';

import type { EncodedImage } from '../../../image/types.ts';
import { readCanvas } from '../../canvas.ts';
import type { Call, EditInput, EditStep } from '../../types.ts';
import { readEditReply, type EditReply } from './edit-reply.ts';
import { serverFailure, unreadable } from './failures.ts';
import { fetchResult } from './fetch-result.ts';
import type { Meter } from './meter.ts';
import { OptionalFields } from './optional-fields.ts';
import type { EditorOptions } from './options.ts';
import { fileForPainter, maskForPainter, paintedSize, toPicture } from './painted.ts';
import type { Server } from './server.ts';

const MEGAPIXEL = 2 ** 20;

/** stable-diffusion.cpp calls its one model so, and takes further parameters inside of the prompt. */
const SD_CPP_MODEL = 'sd-cpp-local';
const SD_CPP_MARK = /<\/?\s*sd_cpp_extra_args\s*>/gi;

/** Known not to take them, which else the first pictures would be sent for to find out. */
const REFUSED_BY = [{ model: /^(?:gpt|chatgpt)-image/, fields: ['response_format', 'seed'] }];

/** The part of `POST /images/edits` that is needed. */
export class Painter {
  readonly #server: Server;
  readonly #options: EditorOptions;
  #optional: OptionalFields | undefined;

  constructor(server: Server, options: EditorOptions) {
    this.#server = server;
    this.#options = options;
  }

  /**
   * Paints a picture anew, as large as the server likes.
   * @throws {AppError} `CONTENT_REFUSED`, `ENGINE_UNAVAILABLE`, `BAD_SETTINGS`; the reason of the signal.
   */
  async paint(
    input: EditInput,
    tell: (step: EditStep) => void,
    meter: Meter,
    call: Call,
  ): Promise<EncodedImage> {
    const { words, canvas } = readCanvas(input.instruction);
    const maxPixels = this.#options.megapixels * MEGAPIXEL;
    // A mask lies on the picture as it is: it keeps its shape.
    const size = paintedSize(input.image, input.mask ? undefined : canvas, maxPixels);
    // As it is seen: another shape is the painter's to fill.
    const own = paintedSize(input.image, undefined, maxPixels);
    const files = await Promise.all([
      fileForPainter(input.image, own, call),
      ...input.references.map((image) =>
        fileForPainter(image, paintedSize(image, undefined, maxPixels), call),
      ),
    ]);
    const mask = input.mask && (await maskForPainter(input.mask, own, call));
    const order = {
      words: words.replaceAll(SD_CPP_MARK, ' '),
      files,
      ...(mask && { mask }),
      size: `${size.width}x${size.height}`,
      // Some servers keep it in 32 bits with a sign.
      seed: input.seed % 2 ** 31,
    };
    return this.#server.attempt((inner) => this.#order(order, tell, meter, inner), meter, call);
  }

  async #order(
    { words, files, mask, size, seed }: Order,
    tell: (step: EditStep) => void,
    meter: Meter,
    call: Call,
  ): Promise<EncodedImage> {
    const { previews } = this.#options;
    const model = await this.#server.model(meter, call);
    const images = await Promise.all(
      files.map((file, index) => toFile(file, `picture-${index + 1}.png`, { type: 'image/png' })),
    );
    const [first] = images;
    const image = first && images.length === 1 ? first : images;
    const prompt =
      model === SD_CPP_MODEL
        ? `${words} <sd_cpp_extra_args>${JSON.stringify({ seed })}</sd_cpp_extra_args>`
        : words;
    const optional = {
      ...(mask && { mask: await toFile(mask, 'mask.png', { type: 'image/png' }) }),
      ...(previews > 0 && { stream: true as const, partial_images: previews }),
      seed,
      response_format: 'b64_json' as const,
      size,
    };
    this.#optional ??= new OptionalFields(
      REFUSED_BY.find((known) => known.model.test(model))?.fields,
    );
    const response = await this.#optional.offer(optional, (taken) =>
      this.#server
        .client(meter)
        .images.edit({ ...this.#options.extra, ...taken, model, prompt, image, n: 1 } as never, {
          signal: call.signal,
        })
        .asResponse()
        .catch((error: unknown) => {
          // A refusal of what is asked is no refusal of how.
          const failure = serverFailure('EDITOR', error);
          throw failure.code === 'CONTENT_REFUSED' || !(error instanceof APIError)
            ? failure
            : error;
        }),
    );
    const partials = new Partials(previews, tell, call);
    const reply = await readEditReply(response, (base64) => partials.show(base64), call);
    const { inputTokens = 0, outputTokens = 0 } = reply;
    meter.took(model, { inputTokens, outputTokens, images: 1 });
    const picture = await this.#picture(reply, meter, call);
    await partials.shown;
    return picture;
  }

  async #picture({ picture }: EditReply, meter: Meter, call: Call): Promise<EncodedImage> {
    const file =
      'base64' in picture
        ? Buffer.from(picture.base64, 'base64')
        : await fetchResult(picture.url, this.#options, meter, call);
    try {
      return await toPicture(file, call);
    } catch {
      call.signal.throwIfAborted();
      throw unreadable('EDITOR', 'a picture that can’t be read');
    }
  }
}

interface Order {
  readonly words: string;
  /** PNG; what to edit first. */
  readonly files: readonly Buffer[];
  /** PNG, as large as the picture to edit. */
  readonly mask?: Buffer;
  readonly size: string;
  readonly seed: number;
}

/** Unfinished pictures as steps, in order; one that can't be read is passed over. */
class Partials {
  readonly #steps: number;
  readonly #tell: (step: EditStep) => void;
  readonly #call: Call;
  #step = 0;
  /** Resolves when all that came have been told of. */
  shown: Promise<void> = Promise.resolve();

  constructor(previews: number, tell: (step: EditStep) => void, call: Call) {
    this.#steps = previews + 1;
    this.#tell = tell;
    this.#call = call;
  }

  show(base64: string): void {
    this.shown = this.#showAfter(this.shown, base64);
  }

  async #showAfter(earlier: Promise<void>, base64: string): Promise<void> {
    await earlier;
    const preview = await toPicture(Buffer.from(base64, 'base64'), this.#call).catch(() => {});
    this.#step = Math.min(this.#step + 1, this.#steps - 1);
    if (preview) this.#tell({ step: this.#step, steps: this.#steps, preview });
  }
}
