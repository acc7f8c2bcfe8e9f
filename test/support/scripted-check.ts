import type { EncodedImage } from '../../src/image/types.ts';
import { untilAborted } from '../../src/image/until-aborted.ts';
import type { Call } from '../../src/pipeline/types.ts';
import type { ContentCheck } from '../../src/queue/types.ts';

type Answer = boolean | Error;

/** A content check that notes what it is asked, and answers as its script says. */
export class ScriptedCheck implements ContentCheck {
  /** Words, and the bytes of pictures as text, in order. */
  readonly asked: string[] = [];
  /** Never answers once this is asked for. */
  hangAt: string | undefined;
  readonly #answers = new Map<string, Answer[]>();
  readonly #arrivals = new Map<string, () => void>();

  /** What to answer when asked about this, one each time, the last one from then on. Default: yes. */
  answer(about: string, ...answers: Answer[]): void {
    this.#answers.set(about, answers);
  }

  /** Resolves once it is asked about this. */
  arrivalAt(about: string): Promise<void> {
    return new Promise((resolve) => {
      this.#arrivals.set(about, resolve);
    });
  }

  allowsText(text: string, call: Call): Promise<boolean> {
    return this.#ask(text, call);
  }

  allowsImage(image: EncodedImage, call: Call): Promise<boolean> {
    return this.#ask(Buffer.from(image.bytes).toString(), call);
  }

  async #ask(about: string, { signal }: Call): Promise<boolean> {
    signal.throwIfAborted();
    this.asked.push(about);
    this.#arrivals.get(about)?.();
    if (this.hangAt === about) return untilAborted(new Promise(() => {}), signal);
    const answers = this.#answers.get(about) ?? [];
    const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? true;
    if (answer instanceof Error) throw answer;
    return answer;
  }
}
