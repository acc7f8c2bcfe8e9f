import { untilAborted } from '../../src/image/until-aborted.ts';
import type {
  Call,
  Engine,
  Exchange,
  Plan,
  Reflection,
  Thought,
} from '../../src/pipeline/types.ts';
import { picture } from './scripted-engine.ts';

const scores = { editSuccess: 7, overEdit: 7, naturalness: 7, artifacts: 7 };

/**
 * An engine that takes any words for a request, and writes down what it did into its pictures. It can be held before
 * the end of an edit.
 */
export class HeldEngine implements Engine {
  readonly name = 'held';
  readonly capabilities = { seeded: true, previews: false, maxImages: 3, masks: false };
  /** What it does with words, where that is more than one edit. */
  readonly thoughts = new Map<string, Exclude<Thought, Plan>>();
  /** How often an edit is refined before it is good, by its words. */
  readonly refinements = new Map<string, number>();
  /** What came with each request that it thought about. */
  readonly exchanges: (readonly Exchange[])[] = [];
  /** Whether each edit had a mask. */
  readonly masks: boolean[] = [];
  readonly #held = new Map<string, { readonly opened: Promise<void>; readonly open: () => void }>();

  /** Keeps the edit with this instruction from ending. */
  hold(instruction: string): void {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.#held.set(instruction, { opened, open });
  }

  letGo(instruction: string): void {
    this.#held.get(instruction)?.open();
    this.#held.delete(instruction);
  }

  readonly reasoner: Engine['reasoner'] = {
    think: ({ prompt, exchanges }) => {
      this.exchanges.push(exchanges);
      return this.#think(prompt);
    },
    reflect: ({ target, round }) => this.#reflect(target, round),
  };

  readonly editor: Engine['editor'] = {
    edit: ({ image, references, mask, instruction, seed }, call) => {
      this.masks.push(mask !== undefined);
      const sizes = references.map(({ bytes }) => Buffer.from(bytes).toString('latin1').length);
      const before = Buffer.from(image.bytes)
        .toString('latin1')
        .replaceAll(/[^ -~]/g, '');
      const text = `${before.slice(-200)} > ${instruction} ${sizes.join('+')} (${seed})`;
      return this.#edit(instruction, text, call);
    },
  };

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  async *#think(prompt: string): AsyncGenerator<string, Thought> {
    yield `I ${prompt}.`;
    const thought = this.thoughts.get(prompt);
    if (thought) return thought;
    return { kind: 'plan', reasoning: `I ${prompt}.`, instruction: prompt, base: 'latest' };
  }

  async *#reflect(target: string, round: number): AsyncGenerator<string, Reflection> {
    yield 'Seen.';
    const judged = { critique: 'Seen.', scores };
    if (round > (this.refinements.get(target) ?? 0)) return { ...judged, verdict: 'success' };
    return { ...judged, verdict: 'refine', nextInstruction: `${target}, more ${round}` };
  }

  async *#edit(instruction: string, text: string, { signal }: Call) {
    yield { step: 1, steps: 2 };
    const held = this.#held.get(instruction);
    if (held) await untilAborted(held.opened, signal);
    yield { step: 2, steps: 2 };
    signal.throwIfAborted();
    return picture(text);
  }
}
