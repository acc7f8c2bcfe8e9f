import { toAppError, type AppError } from '../../errors.ts';
import type { Call } from '../../pipeline/types.ts';
import type { Lease, Turn } from '../../store/records.ts';
import { mayReturn, messagesOf } from '../card-messages.ts';
import type { Card } from '../card.ts';
import { fingerprintOf, writtenFingerprint } from '../fingerprint.ts';
import { fitted } from '../fit.ts';
import type { ChatMessage } from '../messages.ts';
import { plain, type PlainText } from '../plain-text.ts';
import { reasonOf } from '../reason.ts';
import type { Sentences } from '../sentences.ts';
import type { ChatAdapter, Destination, Painting } from '../types.ts';
import { Bell } from './bell.ts';
import type { PlatformPace } from './platform-pace.ts';
import { nextStep, type Step, type Wanted } from './next-step.ts';
import type { Tools } from './parts.ts';
import { delayAfter, hasCode, patiently, pause } from './patience.ts';
import { fileLimits, paintingOf } from './picture-files.ts';
import { isCertainlyUnposted, postOnce } from './post-once.ts';
import { reactionTo } from './reaction.ts';
import { GONE, SlotBook, type SureOf } from './slot-book.ts';

export interface Thread {
  readonly turn: Turn;
  readonly destination: Destination;
  readonly adapter: ChatAdapter;
  readonly sentences: Sentences;
  readonly lease: Lease;
}

/** Fewer bytes than this no picture is asked to have. */
const LEAST_BYTES = 16_384;

/**
 * Makes a thread equal to a card, one call at a time and at the platform's pace. Only the latest
 * card counts: what was never painted of one that was overtaken never will be.
 */
export class ThreadPainter {
  readonly #tools: Tools;
  readonly #pace: PlatformPace;
  readonly #sureOf: SureOf;
  readonly #thread: Thread;
  readonly #bell = new Bell();
  #card: Card;
  #problem: { readonly slot: string; readonly text: PlainText } | undefined;
  #wanted: readonly Wanted[] | undefined;
  #book: SlotBook | undefined;
  #isFinished = false;

  constructor(
    tools: Tools & { readonly pace: PlatformPace; readonly sureOf: SureOf },
    thread: Thread,
    card: Card,
  ) {
    this.#tools = tools;
    this.#pace = tools.pace;
    this.#sureOf = tools.sureOf;
    this.#thread = thread;
    this.#card = card;
  }

  show(card: Card): void {
    if (card === this.#card) return;
    this.#card = card;
    this.#repaint();
  }

  /** Nothing more will be shown. */
  finish(): void {
    this.#isFinished = true;
    this.#bell.ring();
  }

  /** Nobody will paint this thread again. */
  forget(): void {
    this.#book?.close();
  }

  /**
   * Resolves once it is finished and the thread equal to the last card; also where the thread is
   * gone, or what was told in it was forgotten. Rejects with the reason of the signal, and with
   * `LEASE_LOST`.
   */
  async run(call: Call): Promise<void> {
    const { store, clock } = this.#tools;
    const { turn, destination, adapter } = this.#thread;
    const posts = await this.#persist(() => store.posts(turn.id), call);
    const book = (this.#book = new SlotBook(posts, mayReturn, this.#sureOf));
    // Another process may have edited them just now.
    for (const { slot, messageId } of posts) {
      if (messageId === undefined) continue;
      this.#pace.edited(slot, clock.now(), adapter.capabilities.editIntervalMs);
    }
    for (;;) {
      const { place } = destination;
      const pace = {
        postAt: this.#pace.postAt(place),
        freeAt: this.#pace.freeAt(place),
        editAt: (slot: string) => this.#pace.editAt(slot),
      };
      const step = nextStep((this.#wanted ??= this.#want()), book.states, pace, clock.now());
      if (step.kind === 'rest' && this.#isFinished) return;
      if (step.kind === 'post' || step.kind === 'update') {
        if ((await this.#take(step, book, call)) === 'over') return;
      } else {
        await this.#bell.wait(clock, step.kind === 'wait' ? step.until : undefined, call);
      }
    }
  }

  #repaint(): void {
    this.#wanted = undefined;
    this.#bell.ring();
  }

  #want(): Wanted[] {
    const { adapter, sentences } = this.#thread;
    const { capabilities } = adapter;
    return messagesOf(this.#card, sentences, this.#problem?.text).map(
      ({ slot, message: whole }) => {
        const message = fitted(withoutPreview(whole, capabilities.files), capabilities);
        return { slot, message, fingerprint: fingerprintOf(message) };
      },
    );
  }

  /** One step; `over` when there is nothing left to paint on. */
  async #take(
    { kind, wanted }: Extract<Step, { wanted: Wanted }>,
    book: SlotBook,
    call: Call,
  ): Promise<'over' | 'go on'> {
    try {
      const isThere = await (kind === 'post'
        ? this.#post(wanted, book, call)
        : this.#update(wanted, book, call));
      if (!isThere) return 'over';
      this.#solved(wanted.slot);
      return 'go on';
    } catch (error) {
      call.signal.throwIfAborted();
      if (hasCode(error, 'LEASE_LOST')) throw error;
      if (kind === 'post' && !isCertainlyUnposted(error)) {
        book.change(wanted.slot, { isUncertain: true });
      }
      return this.#failed(toAppError(error), wanted, book, call);
    } finally {
      const { editIntervalMs } = this.#thread.adapter.capabilities;
      this.#pace.edited(wanted.slot, this.#tools.clock.now(), editIntervalMs);
    }
  }

  async #post({ slot, message, fingerprint }: Wanted, book: SlotBook, call: Call) {
    const { turn, destination, adapter, lease } = this.#thread;
    const post = await postOnce(
      this.#tools,
      adapter,
      {
        conversationId: turn.conversationId,
        turnId: turn.id,
        slot,
        destination,
        fingerprint,
        paint: () => this.#paint(message, book.of(slot).maxBytes, call),
        whenFree: (kind) => this.#whenFree(kind, call),
        isUncertain: book.of(slot).isUncertain ?? false,
        lease,
      },
      call,
    );
    if (!post) return false;
    book.succeeded(slot, post);
    return true;
  }

  async #update({ slot, message, fingerprint }: Wanted, book: SlotBook, call: Call) {
    const { destination, adapter } = this.#thread;
    const { messageId = '', painted, maxBytes } = book.of(slot);
    const hasPictures = painted?.pictures === fingerprint.pictures;
    const painting: Painting = hasPictures
      ? { message }
      : await this.#paint(message, maxBytes, call);
    await this.#whenFree('update', call);
    try {
      await adapter.updateMessage(destination, messageId, painting, call);
    } catch (error) {
      book.unsure(slot, { withPictures: painting.files !== undefined });
      throw error;
    }
    if (mayReturn(slot) || hasPictures) {
      // After a restart it is painted once more, which does no harm.
      book.painted(slot, fingerprint);
      return true;
    }
    const post = await this.#record(slot, writtenFingerprint(fingerprint), call);
    if (post) book.succeeded(slot, post);
    return post !== undefined;
  }

  #paint(message: ChatMessage, maxBytes: number | undefined, call: Call): Promise<Painting> {
    const { adapter, sentences, destination } = this.#thread;
    const files = fileLimits(adapter, destination);
    const limits = files && { ...files, maxBytes: maxBytes ?? files.maxBytes };
    return paintingOf(message, this.#tools.images, limits, sentences, call);
  }

  /** What follows from a call that failed. */
  async #failed(
    error: AppError,
    { slot, fingerprint }: Wanted,
    book: SlotBook,
    call: Call,
  ): Promise<'over' | 'go on'> {
    const { clock, timing, onFault } = this.#tools;
    const { turn, destination, adapter } = this.#thread;
    onFault({ turnId: turn.id, slot, error });
    const { failures = 0, maxBytes = fileLimits(adapter, destination)?.maxBytes ?? 0 } =
      book.of(slot);
    const now = clock.now();
    const notBefore = now + delayAfter(failures + 1, error, timing);
    const reaction = reactionTo(error.code);
    if (error.code === 'NOT_PERMITTED' && failures === 0) await this.#tellAsker(slot, error, call);
    switch (reaction) {
      case 'leave':
        return 'over';
      case 'pause':
        this.#pace.pauseUntil(destination.place, notBefore, now);
        book.change(slot, { failures: failures + 1 });
        return 'go on';
      case 'let-go':
        return this.#letGo(slot, book, call);
      case 'shrink':
        if (maxBytes / 2 < LEAST_BYTES) book.change(slot, { refused: fingerprint });
        else book.change(slot, { maxBytes: Math.floor(maxBytes / 2) });
        return 'go on';
      case 'skip':
        book.change(slot, { refused: fingerprint });
        return 'go on';
      case 'wait-or-give-up':
        if (now >= turn.createdAt + timing.giveUpMs) return this.#letGo(slot, book, call);
        if (error.code === 'NOT_PERMITTED') this.#hasProblem(slot, error);
        book.change(slot, { failures: failures + 1, notBefore });
        return 'go on';
      case 'wait':
        book.change(slot, { failures: failures + 1, notBefore });
        return 'go on';
    }
    return reaction satisfies never;
  }

  /** Waits until a call may be made; a new message is as good as made then. */
  async #whenFree(kind: 'find' | 'post' | 'update', call: Call): Promise<void> {
    const { clock } = this.#tools;
    const { destination, adapter } = this.#thread;
    const { place } = destination;
    const timeOf = () => (kind === 'post' ? this.#pace.postAt(place) : this.#pace.freeAt(place));
    while (timeOf() > clock.now()) await pause(clock, timeOf() - clock.now(), call);
    if (kind === 'post') {
      this.#pace.posts(place, clock.now(), adapter.capabilities.postIntervalMs);
    }
  }

  /** Leaves a message alone for good. */
  async #letGo(slot: string, book: SlotBook, call: Call): Promise<'over' | 'go on'> {
    const post = await this.#record(slot, GONE, call);
    book.change(slot, { isGone: true });
    return post ? 'go on' : 'over';
  }

  #record(slot: string, painted: string, call: Call) {
    const { store } = this.#tools;
    const { turn, lease } = this.#thread;
    const { conversationId } = turn;
    return this.#persist(() => store.recordPost({ conversationId, slot, painted }, lease), call);
  }

  /** The status says what a message lacks, if it is not its own. */
  #hasProblem(slot: string, { message }: AppError): void {
    const text = plain(message);
    if (this.#problem?.text === text || slot.endsWith(':status')) return;
    this.#problem = { slot, text };
    this.#repaint();
  }

  /** Where not even the status can be written, who asked is told apart, if the platform can do that. */
  async #tellAsker(slot: string, error: AppError, call: Call): Promise<void> {
    if (!slot.endsWith(':status')) return;
    const { turn, destination, adapter, sentences } = this.#thread;
    const id = turn.person.slice(turn.person.lastIndexOf(':') + 1);
    const text = plain(reasonOf(error, sentences));
    await adapter.notify?.(destination, { id }, text, call).catch(() => {});
  }

  #solved(slot: string): void {
    if (this.#problem?.slot !== slot) return;
    this.#problem = undefined;
    this.#repaint();
  }

  #persist<Value>(work: () => Promise<Value>, call: Call): Promise<Value> {
    const { id: turnId } = this.#thread.turn;
    const onFault = (error: AppError) => this.#tools.onFault({ turnId, error });
    return patiently(work, { ...this.#tools, onFault }, call);
  }
}

function withoutPreview(message: ChatMessage, files: ChatAdapter['capabilities']['files']) {
  if (message.kind !== 'status' || !files || files.previews) return message;
  const { preview: _preview, ...rest } = message;
  return rest;
}
