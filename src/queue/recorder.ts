import type { EncodedImage } from '../image/types.ts';
import type { EditEvent } from '../pipeline/types.ts';
import type { ImageReference } from '../store/image-reference.ts';
import type { LiveWriter } from './live-writer.ts';
import { advance, type Progress } from './progress.ts';
import type { TurnLog } from './types.ts';
import type { Fact } from './update.ts';

/** Makes facts and live states of the pipeline's events, and knows how far the turn has come. */
export class Recorder {
  readonly #log: TurnLog;
  readonly #live: LiveWriter;
  readonly #keep: (image: EncodedImage) => Promise<ImageReference>;
  #progress: Progress;
  /** What the stage in hand has said so far. */
  #text = '';
  #instruction = '';
  #preview: EncodedImage | undefined;

  constructor(
    log: TurnLog,
    live: LiveWriter,
    keep: (image: EncodedImage) => Promise<ImageReference>,
    progress: Progress,
  ) {
    this.#log = log;
    this.#live = live;
    this.#keep = keep;
    this.#progress = progress;
  }

  get progress(): Progress {
    return this.#progress;
  }

  /** Logs a fact; no live state of before comes after it. */
  async record(fact: Fact): Promise<void> {
    await this.#live.settle();
    await this.#log.append([fact]);
    this.#progress = advance(this.#progress, fact);
  }

  /** Resolves once the facts in an event are durable. */
  async hear(event: EditEvent): Promise<void> {
    switch (event.type) {
      case 'thinking-start':
        this.#text = '';
        return this.#showThinking();
      case 'thinking-delta':
        this.#text += event.text;
        return this.#showThinking();
      case 'thinking-end':
        return this.record({
          type: 'thought',
          thought: event.thought,
          ...(event.usage && { usage: event.usage }),
        });
      case 'editing-start': {
        const { round, instruction } = event;
        this.#instruction = instruction;
        this.#preview = undefined;
        return this.#live.show({ state: { stage: 'editing', round, instruction } });
      }
      case 'editing-step':
        return this.#showStep(event);
      case 'editing-end': {
        const { round, kept, usage } = event;
        const image = await this.#keep(event.image);
        const instruction = this.#instruction;
        const told = { ...(kept && { kept }), ...(usage && { usage: { edit: usage } }) };
        return this.record({ type: 'round', round: { round, instruction, image, ...told } });
      }
      case 'reflection-start':
        this.#text = '';
        return this.#showReflecting(event.round);
      case 'reflection-delta':
        this.#text += event.text;
        return this.#showReflecting(event.round);
      case 'reflection-end': {
        const unjudged = this.#progress.rounds.at(-1);
        if (unjudged?.round !== event.round)
          throw new Error(`Round ${event.round} has no picture.`);
        const { reflection, usage } = event;
        const round = {
          ...unjudged,
          reflection,
          ...(usage && { usage: { ...unjudged.usage, reflection: usage } }),
        };
        return this.record({ type: 'round', round });
      }
    }
    return event satisfies never;
  }

  #showThinking(): void {
    this.#live.show({ state: { stage: 'thinking', text: this.#text } });
  }

  #showStep(event: Extract<EditEvent, { type: 'editing-step' }>): void {
    const { round, step, steps } = event;
    const preview = (this.#preview = event.preview ?? this.#preview);
    const instruction = this.#instruction;
    this.#live.show({
      state: { stage: 'editing', round, instruction, steps: { done: step, total: steps } },
      ...(preview && { preview }),
    });
  }

  #showReflecting(round: number): void {
    this.#live.show({ state: { stage: 'reflecting', round, text: this.#text } });
  }
}
