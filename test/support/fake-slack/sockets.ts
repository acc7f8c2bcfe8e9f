import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { WebSocketServer, type WebSocket } from 'ws';

import type { Ack, Attempt, Outgoing, Transport } from './dispatch.ts';
import type { ShiftedClock } from './shifted-clock.ts';
import type { Json } from './types.ts';
import { makeId } from './workspace.ts';

/** An app has no more connections than this. */
const MAX_CONNECTIONS = 10;

const RESPONDED_TO: ReadonlySet<Outgoing['type']> = new Set(['interactive', 'slash_commands']);

/** Socket Mode: the app opens connections, and is sent all through one of them each. */
export class Sockets implements Transport {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #clock: ShiftedClock;
  readonly #faults: string[];
  readonly #tickets = new Set<string>();
  /** Connections that take something. */
  readonly #open = new Set<WebSocket>();
  /** What was sent and not answered, by envelope. */
  readonly #sent = new Map<string, (ack: Ack) => void>();
  readonly #overdue = new Set<string>();
  #onConnected: (() => void)[] = [];
  #turn = 0;
  /** How many acknowledgements came when nobody waited for them any more. */
  late = 0;

  constructor(clock: ShiftedClock, faults: string[]) {
    this.#clock = clock;
    this.#faults = faults;
  }

  get count(): number {
    return this.#open.size;
  }

  /** The app has as many connections. */
  async connected(count = 1): Promise<void> {
    while (this.#open.size < count) {
      await new Promise<void>((resolve) => this.#onConnected.push(resolve));
    }
  }

  /** An address that can be used once. */
  makeAddress(origin: string): string {
    const ticket = makeId('ticket-');
    this.#tickets.add(ticket);
    return `${origin.replace('http', 'ws')}/link/?ticket=${ticket}&app_id=A`;
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer, appId: string): void {
    const { searchParams } = new URL(request.url ?? '', 'ws://slack');
    if (!this.#tickets.delete(searchParams.get('ticket') ?? '')) {
      socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (connection) => {
      // One listener for each envelope that is under way.
      connection.setMaxListeners(0);
      connection.on('error', () => connection.terminate());
      connection.on('close', () => this.#open.delete(connection));
      connection.on('message', (data) => this.#read((data as Buffer).toString()));
      if (this.#open.size >= MAX_CONNECTIONS) {
        send(connection, { type: 'disconnect', reason: 'too_many_websockets' });
        return;
      }
      this.#open.add(connection);
      send(connection, {
        type: 'hello',
        num_connections: this.#open.size,
        debug_info: { host: 'loopback', build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: appId },
      });
      for (const tell of this.#onConnected.splice(0)) tell();
    });
  }

  /** Asks all connections to go; they get nothing any more. */
  refresh(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void {
    for (const connection of this.#open) {
      send(connection, { type: 'disconnect', reason, debug_info: { host: 'loopback' } });
      this.#open.delete(connection);
    }
  }

  /** All connections break off. */
  cut(): void {
    for (const connection of this.#server.clients) connection.terminate();
    this.#open.clear();
  }

  async deliver(
    { type, body }: Outgoing,
    attempt: Attempt,
    patienceMs: number,
  ): Promise<Ack | undefined> {
    const connections = [...this.#open];
    const connection = connections[this.#turn % connections.length];
    if (!connection) return undefined;
    this.#turn += 1;
    const id = makeId('envelope-');
    return new Promise((resolve) => {
      const settle = (ack?: Ack) => {
        this.#sent.delete(id);
        connection.off('close', leave);
        stop();
        resolve(ack);
      };
      const leave = () => settle();
      const stop = this.#clock.after(patienceMs, () => {
        this.#overdue.add(id);
        settle();
      });
      this.#sent.set(id, settle);
      connection.on('close', leave);
      send(connection, {
        envelope_id: id,
        payload: body,
        type,
        accepts_response_payload: RESPONDED_TO.has(type),
        ...(type === 'events_api' && {
          retry_attempt: attempt.number,
          retry_reason: attempt.reason,
        }),
      });
    });
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #read(text: string): void {
    const { envelope_id: id, payload } = JSON.parse(text) as Record<string, unknown>;
    const settle = this.#sent.get(String(id));
    if (settle) settle({ payload });
    else if (this.#overdue.delete(String(id))) this.late += 1;
    else this.#faults.push(`Nothing was sent as ${String(id)}.`);
  }
}

function send(connection: WebSocket, message: Json): void {
  connection.send(JSON.stringify(message));
}
