import { constants, createDeflate, type Deflate } from 'node:zlib';

import { GatewayCloseCodes } from 'discord.js';
import type { WebSocket } from 'ws';

/** One line to the bot. */
export class Connection {
  readonly #socket: WebSocket;
  readonly #deflate: Deflate | undefined;

  constructor(socket: WebSocket, isCompressed: boolean) {
    this.#socket = socket;
    if (!isCompressed) return;
    this.#deflate = createDeflate({ chunkSize: 65_535 });
  }

  send(packet: { op: number; d?: unknown; s?: number | null; t?: string | null }): void {
    const text = JSON.stringify({ s: null, t: null, d: null, ...packet });
    if (!this.#deflate) return this.#socket.send(text);
    const deflate = this.#deflate;
    deflate.write(text);
    deflate.flush(constants.Z_SYNC_FLUSH, () => {
      const chunks: Buffer[] = [];
      for (let chunk = deflate.read(); chunk !== null; chunk = deflate.read()) chunks.push(chunk);
      if (chunks.length > 0) this.#socket.send(Buffer.concat(chunks));
    });
  }

  onMessage(hear: (text: string) => void): void {
    this.#socket.on('message', (data: Buffer) => {
      try {
        hear(data.toString('utf8'));
      } catch {
        this.close(GatewayCloseCodes.DecodeError);
      }
    });
  }

  onClose(hear: () => void): void {
    this.#socket.on('close', hear);
    this.#socket.on('error', () => {});
  }

  close(code: number): void {
    this.#socket.close(code);
  }

  cut(): void {
    this.#socket.terminate();
  }
}
