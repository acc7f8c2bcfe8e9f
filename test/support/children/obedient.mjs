import { setTimeout as sleep } from 'node:timers/promises';

const ORDERS = {
  echo: ({ data }) => process.send({ data }),
  environment: () => process.send({ ...process.env }),
  exit: () => process.exit(7),
  block: () => {
    process.send('blocking');
    for (;;);
  },
  'say much and exit': ({ messages }) => {
    for (let index = 0; index < messages; index += 1) {
      process.send({ index, bytes: new Uint8Array(2 ** 16) });
    }
    process.send('last', () => process.exit(0));
  },
  'eat heap': async () => {
    const eaten = [];
    for (;;) {
      for (let count = 0; count < 1_000; count += 1) eaten.push(Array(1_000).fill(count + 0.5));
      await sleep(20);
    }
  },
};

process.on('message', (order) => ORDERS[order.do](order));
process.send('ready');
