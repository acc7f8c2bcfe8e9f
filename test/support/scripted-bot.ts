import { reduce, type Card } from '../../src/bots/card.ts';
import { messagesOf } from '../../src/bots/card-messages.ts';
import type { NoteMessage } from '../../src/bots/messages.ts';
import { ENGLISH } from '../../src/bots/sentences/en/index.ts';
import type {
  ChatAdapter,
  Destination,
  Incoming,
  IncomingAction,
  IncomingMessage,
  Receive,
} from '../../src/bots/types.ts';
import type { EncodedImage } from '../../src/image/types.ts';
import type { Reflection } from '../../src/pipeline/types.ts';
import type { EditUpdate } from '../../src/queue/update.ts';
import type { RoundRecord } from '../../src/store/findings.ts';
import type { Point } from '../../src/store/records.ts';
import type { MemoryImages } from './memory-images.ts';
import { told } from './updates.ts';

const call = { signal: new AbortController().signal };

/** A bot that hears everything, and does what a test tells it to: the other side of an adapter. */
export class ScriptedBot {
  readonly heard: Incoming[] = [];
  readonly #adapter: ChatAdapter;
  readonly #images: MemoryImages;
  #waiting: (() => void)[] = [];
  #turns = 0;
  #notes = 0;

  constructor(adapter: ChatAdapter, images: MemoryImages) {
    this.#adapter = adapter;
    this.#images = images;
  }

  readonly receive: Receive = async (incoming) => {
    this.heard.push(incoming);
    for (const wake of this.#waiting.splice(0)) wake();
  };

  message(index: number): Promise<IncomingMessage> {
    return this.#nth(index, (one): one is IncomingMessage => one.type === 'message');
  }

  action(index: number): Promise<IncomingAction> {
    return this.#nth(index, (one): one is IncomingAction => one.type === 'action');
  }

  async #nth<One extends Incoming>(index: number, is: (one: Incoming) => one is One): Promise<One> {
    for (;;) {
      const found = this.heard.filter(is)[index];
      if (found) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Begins a turn in answer to a message, on a picture, and says so. */
  async begin(
    message: IncomingMessage,
    before: EncodedImage,
    point?: Point,
    mask?: EncodedImage,
  ): Promise<ScriptedTurn> {
    this.#turns += 1;
    const turnId = `turn${String(this.#turns).padStart(12, '0')}`;
    const card: Card = {
      turnId,
      request: message.text,
      seeded: true,
      before: await this.#images.put(before),
      ...(point && { beforePoint: point }),
      ...(mask && { mask: await this.#images.put(mask) }),
      format: 'jpeg',
      maxRounds: 3,
      isWaiting: false,
      hasStarted: false,
      position: { ahead: 0 },
      rounds: [],
    };
    const turn = new ScriptedTurn(this.#adapter, this.#images, message, card);
    await turn.paint();
    return turn;
  }

  /** Says something where a message was written. */
  async note({ place, context }: Destination, note: Omit<NoteMessage, 'kind'>): Promise<string> {
    this.#notes += 1;
    const marker = `note${String(this.#notes).padStart(16, '0')}`;
    const painting = { message: { kind: 'note', ...note } as const };
    const { messageId } = await this.#adapter.postMessage(
      { place, context },
      painting,
      marker,
      call,
    );
    return messageId;
  }
}

/** A turn whose every step a test takes. What it shows is the bot's own card. */
export class ScriptedTurn {
  readonly #adapter: ChatAdapter;
  readonly #images: MemoryImages;
  readonly #destination: Destination;
  readonly #posted = new Map<string, string>();
  #card: Card;
  #rounds: RoundRecord[] = [];

  constructor(adapter: ChatAdapter, images: MemoryImages, destination: Destination, card: Card) {
    this.#adapter = adapter;
    this.#images = images;
    this.#destination = destination;
    this.#card = card;
  }

  get turnId(): string {
    return this.#card.turnId;
  }

  /** The id of the message in a slot, such as `round:1`. */
  messageOf(part: string): string {
    const id = this.#posted.get(`turn:${this.turnId}:${part}`);
    if (id === undefined) throw new Error(`There is no ${part} yet.`);
    return id;
  }

  async think(text: string): Promise<void> {
    await this.#show(told({ type: 'live', state: { stage: 'thinking', text } }));
  }

  async plan(reasoning: string, instruction: string): Promise<void> {
    const thought = { kind: 'plan', reasoning, instruction, base: 'latest' } as const;
    await this.#show(told({ type: 'thought', thought }));
  }

  async step(round: number, done: number, total: number): Promise<void> {
    const steps = { done, total };
    const state = { stage: 'editing', round, instruction: '', steps } as const;
    await this.#show(told({ type: 'live', state }));
  }

  /** A round's picture, and then what is thought of it. */
  async round(instruction: string, image: EncodedImage, reflection?: Reflection): Promise<void> {
    const round = this.#rounds.length + 1;
    const bare = { round, instruction, image: await this.#images.put(image) };
    await this.#show(told({ type: 'round', round: bare }));
    const judged = reflection ? { ...bare, reflection } : bare;
    this.#rounds = [...this.#rounds, judged];
    if (reflection) await this.#show(told({ type: 'round', round: judged }));
  }

  async succeed(best = this.#rounds.length): Promise<void> {
    await this.#end({
      kind: 'succeeded',
      rounds: this.#rounds,
      best: { round: best, reason: this.#rounds.length === 1 ? 'only-round' : 'judged-success' },
      stopReason: 'success',
    });
  }

  async stop(): Promise<void> {
    const last = this.#rounds.at(-1);
    await this.#end({
      kind: 'stopped',
      reason: 'The user pressed Stop.',
      rounds: this.#rounds,
      ...(last && { best: { round: last.round, reason: 'only-round' } }),
    });
  }

  async decline(text: string): Promise<void> {
    await this.#end({ kind: 'declined', text, code: 'NOT_SUPPORTED' });
  }

  async fail(): Promise<void> {
    await this.#end({ kind: 'failed', code: 'IMAGE_FORMAT', rounds: this.#rounds });
  }

  #end(outcome: Extract<EditUpdate, { type: 'ended' }>['outcome']): Promise<void> {
    return this.#show(told({ type: 'ended', outcome }));
  }

  async #show(update: EditUpdate): Promise<void> {
    this.#card = reduce(this.#card, update);
    await this.paint();
  }

  async paint(): Promise<void> {
    for (const { slot, message } of messagesOf(this.#card, ENGLISH)) {
      const messageId = this.#posted.get(slot);
      if (messageId === undefined) {
        const posted = await this.#adapter.postMessage(this.#destination, { message }, slot, call);
        this.#posted.set(slot, posted.messageId);
      } else {
        await this.#adapter.updateMessage(this.#destination, messageId, { message }, call);
      }
    }
  }
}
