import type { EncodedImage } from '../image/types.ts';
import type { Call, EditEvent, EditRequest } from '../pipeline/types.ts';
import { pictureRefused, requestRefused, resultRefused } from './failures.ts';
import type { Progress } from './progress.ts';
import type { ContentCheck } from './types.ts';

/** What holds where nobody configured a check. */
export const UNCHECKED: ContentCheck = { allowsText: async () => true };

/**
 * Holds one run of a turn against the content check. What is refused is thrown as
 * `CONTENT_REFUSED`, and so never gets as far as an engine, a log or a store.
 */
export class ContentGuard {
  readonly #check: ContentCheck;
  /** Instructions that were allowed. */
  readonly #allowed = new Set<string>();

  /** @param progress How far earlier runs came: a plan that stands was allowed before it was logged. */
  constructor(check: ContentCheck, { thought }: Progress) {
    this.#check = check;
    if (thought?.kind === 'plan') this.#allowed.add(thought.instruction);
  }

  /**
   * Checks the words of a request, and each picture that an engine is to see, the cheapest first. One
   * that was thought about already was checked before that.
   */
  async admit(request: EditRequest, call: Call): Promise<void> {
    const { prompt, source, latest, references, finished } = request;
    if (finished) return;
    if (!(await this.#check.allowsText(prompt, call))) throw requestRefused();
    for (const image of new Set([latest, source, ...references])) {
      if (!(await this.#allowsImage(image, call))) throw pictureRefused();
    }
  }

  /** What may be recorded of an event. Where pictures are checked that is no preview: each would be a call. */
  async pass(event: EditEvent, call: Call): Promise<EditEvent> {
    switch (event.type) {
      case 'thinking-end':
        if (event.thought.kind === 'plan') {
          await this.#checkInstruction(event.thought.instruction, call);
        }
        return event;
      case 'editing-start':
        await this.#checkInstruction(event.instruction, call);
        return event;
      case 'editing-step': {
        const { preview, ...step } = event;
        return preview && this.#check.allowsImage ? step : event;
      }
      case 'editing-end':
        if (!(await this.#allowsImage(event.image, call))) throw resultRefused();
        return event;
      case 'thinking-start':
      case 'thinking-delta':
      case 'reflection-start':
      case 'reflection-delta':
      case 'reflection-end':
        return event;
    }
    return event satisfies never;
  }

  async #checkInstruction(instruction: string, call: Call): Promise<void> {
    if (this.#allowed.has(instruction)) return;
    if (!(await this.#check.allowsText(instruction, call))) throw requestRefused();
    this.#allowed.add(instruction);
  }

  async #allowsImage(image: EncodedImage, call: Call): Promise<boolean> {
    return (await this.#check.allowsImage?.(image, call)) ?? true;
  }
}
