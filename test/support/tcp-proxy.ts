import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that can be cut off. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** Breaks all connections, and lets none through until it is mended. */
  cut(): void;
  mend(): void;
  /** Breaks a connection in place of the server's next answer. */
  loseAnswer(): void;
}

export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let isCut = false;
  let losesAnswer = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  };
  const server = createServer((near) => {
    keep(near);
    if (isCut) return void near.destroy();
    const far = connect(targetPort, '127.0.0.1');
    keep(far);
    near.pipe(far);
    far.on('data', (answer) => {
      if (losesAnswer) near.destroy();
      else near.write(answer);
      losesAnswer = false;
    });
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    return undefined;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return {
    port: address.port,
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => {
      isCut = false;
    },
    loseAnswer: () => {
      losesAnswer = true;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
