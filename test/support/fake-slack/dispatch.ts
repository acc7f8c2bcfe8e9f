import type { ShiftedClock } from './shifted-clock.ts';
import type { Json } from './types.ts';
import type { Workspace } from './workspace.ts';
import { makeId } from './workspace.ts';

export interface Outgoing {
  readonly type: 'events_api' | 'interactive' | 'slash_commands';
  readonly body: Json;
}

export interface Attempt {
  /** 0 for the first. */
  readonly number: number;
  readonly reason: string;
}

/** What an app said to what it was sent. */
export interface Ack {
  readonly payload: unknown;
  /** It does not want to be sent that again. */
  readonly isFinal?: boolean;
}

/** How long an app has to acknowledge: milliseconds. */
export interface Patience {
  readonly withEventsMs: number;
  readonly withPeopleMs: number;
}

export interface Transport {
  /** What came back in time, if anything did. */
  deliver(outgoing: Outgoing, attempt: Attempt, patienceMs: number): Promise<Ack | undefined>;
}

/** Sends the app what happens, and sends events again that it did not acknowledge. */
export class Dispatcher {
  readonly #clock: ShiftedClock;
  readonly #appId: string;
  readonly #patience: Patience;
  #underWay = 0;
  #onRest: (() => void)[] = [];
  /** When an event that was not acknowledged is sent again, counted from the attempt before. */
  retryAfterMs: readonly number[] = [0, 60_000, 300_000];
  /** Where all goes. */
  transport: Transport | undefined;
  /** How many times each event is sent, acknowledged or not. */
  copies = 1;
  /** Of all that was acknowledged: how long that took. */
  readonly acks: { readonly type: Outgoing['type']; readonly tookMs: number }[] = [];
  /** Ids of events that were given up. */
  readonly undelivered: string[] = [];

  constructor(clock: ShiftedClock, appId: string, patience: Patience) {
    this.#patience = patience;
    this.#clock = clock;
    this.#appId = appId;
  }

  /** Nothing is under way any more; what will be sent again later does not count. */
  async atRest(): Promise<void> {
    while (this.#underWay > 0) await new Promise<void>((resolve) => this.#onRest.push(resolve));
  }

  event(workspace: Workspace, event: Json): void {
    const seconds = Math.floor(this.#clock.now() / 1_000);
    const body = {
      token: 'verification-token',
      team_id: workspace.id,
      context_team_id: workspace.id,
      context_enterprise_id: null,
      api_app_id: this.#appId,
      event,
      type: 'event_callback',
      event_id: makeId('Ev'),
      event_time: seconds,
      authorizations: [
        {
          enterprise_id: null,
          team_id: workspace.id,
          user_id: workspace.botUser.id,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: workspace.hidesFiles,
      event_context: `4-${makeId('E')}`,
    };
    const outgoing: Outgoing = { type: 'events_api', body };
    for (let copy = 0; copy < this.copies; copy += 1) void this.#insist(outgoing, copy, copy);
  }

  /** What people press, submit and command is sent once. */
  once(type: 'interactive' | 'slash_commands', body: Json): Promise<Ack | undefined> {
    return this.#attempt({ type, body }, { number: 0, reason: '' });
  }

  async #insist(outgoing: Outgoing, number: number, first: number): Promise<void> {
    const reason = number === 0 ? '' : 'http_timeout';
    const ack = await this.#attempt(outgoing, { number, reason });
    if (ack) return;
    const delay = this.retryAfterMs[number - first];
    if (delay === undefined) this.undelivered.push(String(outgoing.body['event_id']));
    else if (delay === 0) await this.#insist(outgoing, number + 1, first);
    else this.#clock.after(delay, () => void this.#insist(outgoing, number + 1, first));
  }

  #patienceOf({ type }: Outgoing): number {
    return type === 'events_api' ? this.#patience.withEventsMs : this.#patience.withPeopleMs;
  }

  async #attempt(outgoing: Outgoing, attempt: Attempt): Promise<Ack | undefined> {
    this.#underWay += 1;
    const sentAt = performance.now();
    try {
      const ack = await this.transport?.deliver(outgoing, attempt, this.#patienceOf(outgoing));
      if (ack) this.acks.push({ type: outgoing.type, tookMs: performance.now() - sentAt });
      return ack;
    } finally {
      // A retry at once starts before this counts as rest.
      setImmediate(() => {
        this.#underWay -= 1;
        if (this.#underWay === 0) for (const rest of this.#onRest.splice(0)) rest();
      });
    }
  }
}
