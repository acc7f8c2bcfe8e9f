import { AppError, toAppError } from '../../errors.ts';
import { linkedAbort } from '../../image/linked-abort.ts';
import type { Call } from '../../pipeline/types.ts';
import type { Position } from '../../queue/types.ts';
import type { Lease, Place, Turn } from '../../store/records.ts';
import { cardOf, reduce, withPosition, type Card } from '../card.ts';
import { sentencesFor } from '../sentences.ts';
import type { ChatAdapter } from '../types.ts';
import type { PlatformPace } from './platform-pace.ts';
import { withLease } from './lease.ts';
import type { SureOf } from './slot-book.ts';
import type { Tools } from './parts.ts';
import { ThreadPainter } from './thread-painter.ts';
import { TurnFollower } from './turn-follower.ts';

export interface CourierTools extends Tools {
  readonly adapterFor: (platform: string) => ChatAdapter | undefined;
  readonly pace: PlatformPace;
  readonly sureOf: SureOf;
  /** A turn may run now that had to wait. */
  readonly onReleased: (turn: Turn) => void;
}

/** Cares for one turn, from where it is to its end and until its thread shows that. */
export class Courier {
  readonly #tools: CourierTools;
  readonly #turnId: string;
  #follower: TurnFollower | undefined;
  #onPosition: ((position: Position | undefined) => void) | undefined;

  constructor(tools: CourierTools, turnId: string) {
    this.#tools = tools;
    this.#turnId = turnId;
  }

  /** Whether the turn is in the queue, as far as this process knows. */
  get isFollowing(): boolean {
    return this.#follower !== undefined;
  }

  /** Tells where in the queue the turn is. */
  place(position: Position | undefined): void {
    this.#onPosition?.(position);
  }

  /** Makes sure that the queue still knows the turn. */
  recheck(): void {
    this.#follower?.recheck();
  }

  /** Does all that is to do for the turn now, unless somebody else does. Never rejects. */
  async run(call: Call): Promise<void> {
    try {
      const { store, adapterFor } = this.#tools;
      const place = await store.placeOf(this.#turnId);
      const adapter = place && adapterFor(place.platform);
      if (!adapter) return;
      const care = (lease: Lease, inner: Call) => this.#care({ place, adapter, lease }, inner);
      await withLease(this.#tools, `turn:${this.#turnId}`, care, call);
    } catch (error) {
      if (!call.signal.aborted && error !== FORGOTTEN) {
        this.#tools.onFault({ turnId: this.#turnId, error: toAppError(error) });
      }
    }
  }

  async #care(
    {
      place,
      adapter,
      lease,
    }: {
      readonly place: Place;
      readonly adapter: ChatAdapter;
      readonly lease: Lease;
    },
    call: Call,
  ): Promise<void> {
    const { store, engines } = this.#tools;
    const turn = await store.turn(this.#turnId);
    if (!turn || turn.deliveredAt !== undefined) return;
    const engine = engines(turn.engine);
    const { context } = turn;
    const thread = {
      turn,
      destination: { place, context },
      adapter,
      sentences: sentencesFor(context['locale']),
      lease,
    };
    let card = cardOf(turn, engine);
    const painter = new ThreadPainter(this.#tools, thread, card);
    const show = (news: Card) => {
      card = news;
      painter.show(card);
    };
    const { controller, unlink } = linkedAbort(call.signal);
    const painting = painter.run(controller);
    painting.catch((error: unknown) => controller.abort(error));
    try {
      const isActive = turn.state === 'queued' || turn.state === 'running';
      const latest = isActive ? await this.#follow(turn, () => card, show, controller) : turn;
      if (!latest) throw FORGOTTEN;
      show(cardOf(latest, engine));
      painter.finish();
      await painting;
      if (latest.endedAt === undefined) return;
      await store.markDelivered(turn.id, lease);
      painter.forget();
    } catch (error) {
      controller.abort(error);
      await painting.catch(() => {});
      painter.forget();
      throw error;
    } finally {
      unlink();
    }
  }

  async #follow(
    turn: Turn,
    card: () => Card,
    show: (card: Card) => void,
    call: Call,
  ): Promise<Turn | undefined> {
    const follower = new TurnFollower(this.#tools, this.#turnId, {
      onUpdate: (update) => show(reduce(card(), update)),
      onReleased: this.#tools.onReleased,
      onEnqueued: () => void this.#findPlace(),
    });
    this.#follower = follower;
    this.#onPosition = (position) => show(withPosition(card(), position));
    try {
      return await follower.run(turn, call);
    } finally {
      this.#follower = undefined;
      this.#onPosition = undefined;
    }
  }

  /** Not to be known is no harm: it is looked up again soon. */
  async #findPlace(): Promise<void> {
    try {
      const positions = await this.#tools.queue.position([this.#turnId]);
      this.place(positions.get(this.#turnId));
    } catch (error) {
      this.#tools.onFault({ turnId: this.#turnId, error: toAppError(error) });
    }
  }
}

/** Why a turn is left alone that was removed while it was cared for. */
const FORGOTTEN = new AppError('STOPPED', 'The request was forgotten.');
