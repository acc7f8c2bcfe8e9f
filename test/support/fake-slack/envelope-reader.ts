import { once } from 'node:events';

import { WebSocket } from 'ws';

import type { FakeSlack } from './fake-slack.ts';

export interface Envelope {
  readonly type: string;
  readonly envelope_id: string;
  readonly reason?: string;
  readonly retry_attempt?: number;
  readonly payload: {
    readonly event_id: string;
    readonly trigger_id: string;
    readonly event: { readonly type: string; readonly text: string; readonly subtype?: string };
  };
}

/** An app that opens a connection as any app does, and acknowledges only what it is told to. */
export class EnvelopeReader implements Disposable {
  readonly #connection: WebSocket;
  readonly envelopes: Envelope[] = [];

  private constructor(connection: WebSocket) {
    this.#connection = connection;
    connection.on('message', (data) => {
      this.envelopes.push(JSON.parse((data as Buffer).toString()) as Envelope);
    });
  }

  static async connect(slack: FakeSlack): Promise<EnvelopeReader> {
    const response = await fetch(`${slack.apiUrl}apps.connections.open`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.app.appToken}` },
    });
    const { url } = (await response.json()) as { url: string };
    const reader = new EnvelopeReader(new WebSocket(url));
    await reader.next('hello');
    return reader;
  }

  /** The next envelope of a type, taken off the pile. */
  async next(type: string): Promise<Envelope> {
    for (;;) {
      const index = this.envelopes.findIndex((envelope) => envelope.type === type);
      const [envelope] = index === -1 ? [] : this.envelopes.splice(index, 1);
      if (envelope) return envelope;
      await once(this.#connection, 'message');
    }
  }

  ack({ envelope_id: id }: Envelope, payload: unknown = {}): void {
    this.#connection.send(JSON.stringify({ envelope_id: id, payload }));
  }

  close(): void {
    this.#connection.close();
  }

  [Symbol.dispose](): void {
    this.#connection.terminate();
  }
}
