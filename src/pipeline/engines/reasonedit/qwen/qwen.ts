import { join } from 'node:path';

import type { EncodedImage } from '../../../../image/types.ts';
import type { Call } from '../../../types.ts';
import type { Conditioner } from '../editor/conditioning.ts';
import type { SessionSettings } from '../onnx/session.ts';
import type { FloatType } from '../onnx/types.ts';
import { readPixels } from '../picture-file.ts';
import { ChatTokenizer, type ChatPart } from './chat-tokenizer.ts';
import { createConditioner, type ConditionPrefix } from './conditioner.ts';
import { readQwenConfig } from './config.ts';
import { generate, type GenerateOptions } from './generate.ts';
import { QWEN_GRAPHS } from './graphs.ts';
import { tokenSide } from './patches.ts';
import { PrefixMemory } from './prefix-memory.ts';
import { layPrompt, type Prompt } from './prompt.ts';
import { shownSize } from './smart-resize.ts';
import { TextModel } from './text-model.ts';
import { VisionTower, type SeenPicture } from './vision-tower.ts';

/** A question to the model: its system's words, and the user's, pictures among them. */
export interface Chat {
  readonly system: string;
  readonly user: readonly (string | EncodedImage)[];
}

/** A Qwen2.5-VL that is open: it answers questions about pictures, and makes the editor's condition. */
export class Qwen implements AsyncDisposable {
  readonly #tower: VisionTower;
  readonly #model: TextModel;
  readonly #tokenizer: ChatTokenizer;
  readonly #memory: PrefixMemory;
  /** Pictures are known by their identity, as long as somebody else holds them. */
  readonly #seen = new WeakMap<EncodedImage, Promise<SeenPicture>>();

  private constructor(tower: VisionTower, model: TextModel, tokenizer: ChatTokenizer) {
    this.#tower = tower;
    this.#model = model;
    this.#tokenizer = tokenizer;
    this.#memory = new PrefixMemory(model.config.imageToken);
  }

  /**
   * @param checkpoint The folder with `text_encoder/`, graphs in it, and `processor/` or `tokenizer/`.
   * @param type What the graphs calculate in.
   */
  static async open(checkpoint: string, type: FloatType, settings: SessionSettings): Promise<Qwen> {
    const folder = join(checkpoint, 'text_encoder');
    const config = await readQwenConfig(folder);
    const tokenizer = await ChatTokenizer.open(checkpoint);
    const tower = await VisionTower.open(join(folder, QWEN_GRAPHS.vision), config.vision, settings);
    try {
      const path = join(folder, QWEN_GRAPHS.text);
      return new Qwen(tower, await TextModel.open(path, config, type, settings), tokenizer);
    } catch (error) {
      await tower[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** How its makers have it choose tokens, for what a question leaves open. */
  get repetitionPenalty(): number {
    return this.#model.config.generation.repetitionPenalty;
  }

  conditioner(prefix: ConditionPrefix): Conditioner {
    return createConditioner({
      tower: this.#tower,
      model: this.#model,
      tokenizer: this.#tokenizer,
      prefix,
    });
  }

  /** Yields the answer as it comes, returns the whole. What it read before of the same pictures it does not read again. */
  async *answer(chat: Chat, options: GenerateOptions, call: Call): AsyncGenerator<string, string> {
    const prompt = await this.#read(chat, call);
    const writer = { model: this.#model, tokenizer: this.#tokenizer, memory: this.#memory };
    return yield* generate(writer, prompt, options, call);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#model[Symbol.asyncDispose]();
    await this.#tower[Symbol.asyncDispose]();
  }

  async #read({ system, user }: Chat, { signal }: Call): Promise<Prompt> {
    const pictures: SeenPicture[] = [];
    const content: ChatPart[] = [];
    for (const part of user) {
      signal.throwIfAborted();
      if (typeof part === 'string') {
        content.push({ type: 'text', text: part });
      } else {
        content.push({ type: 'image' });
        pictures.push(await this.#look(part));
      }
    }
    const text = this.#tokenizer.render(
      [
        { role: 'system', content: system },
        { role: 'user', content },
      ],
      { numberPictures: false },
    );
    const { imageToken, vision } = this.#model.config;
    const rules = { imageToken, spatialMergeSize: vision.spatial_merge_size };
    return layPrompt(this.#tokenizer.encode(text), pictures, rules);
  }

  #look(image: EncodedImage): Promise<SeenPicture> {
    const known = this.#seen.get(image);
    if (known !== undefined) return known;
    const looking = readPixels(image).then((pixels) =>
      this.#tower.see(pixels, shownSize(pixels, tokenSide(this.#model.config.vision))),
    );
    this.#seen.set(image, looking);
    // What failed once may succeed later.
    looking.catch(() => this.#seen.delete(image));
    return looking;
  }
}
