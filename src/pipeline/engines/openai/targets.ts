import type { EncodedImage } from '../../../image/types.ts';
import type { Call, ReflectInput } from '../../types.ts';
import type { Chat } from './chat.ts';
import { Target } from './findings.ts';
import type { Meter } from './meter.ts';
import type { Prompts } from './prompts.ts';
import { ask } from './questions.ts';

/**
 * What results ought to look like, in words. It follows from the picture before the edit, the request and
 * the instruction alone, so that it is written once and holds for all rounds of a turn.
 */
export class Targets {
  readonly #chat: Chat;
  readonly #prompts: Prompts;
  readonly #known = new WeakMap<EncodedImage, Map<string, Promise<string>>>();

  constructor(chat: Chat, prompts: Prompts) {
    this.#chat = chat;
    this.#prompts = prompts;
  }

  /** Where no description can be read, the instruction is the target. */
  describe(input: ReflectInput, meter: Meter, call: Call): Promise<string> {
    const { prompt, target, base } = input;
    const key = JSON.stringify([prompt, target]);
    const ofPicture = this.#known.get(base) ?? new Map<string, Promise<string>>();
    this.#known.set(base, ofPicture);
    const known = ofPicture.get(key);
    if (known) return known;
    const description = this.#describe(input, meter, call);
    ofPicture.set(key, description);
    description.catch(() => ofPicture.delete(key));
    return description;
  }

  async #describe(
    { prompt, target, base, seed }: ReflectInput,
    meter: Meter,
    call: Call,
  ): Promise<string> {
    const question = {
      name: 'target',
      system: this.#prompts('system', {}),
      pictures: [base],
      text: this.#prompts('describe', { request: prompt, instruction: target }),
      answer: Target,
      seed,
    };
    const answer = await ask(this.#chat, question, () => {}, meter, call);
    return answer?.target ?? target;
  }
}
