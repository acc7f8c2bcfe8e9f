import { afterEach, beforeEach } from 'vitest';

import type { Incoming } from '../../src/bots/types.ts';
import { describeReading } from './chat-adapter/reading.ts';
import { describeWriting } from './chat-adapter/writing.ts';
import type { AdapterHome, Bench } from './chat-adapter/home.ts';

/** What every chat adapter does, whatever its platform. Times out where one waits for nothing. */
export function chatAdapterContract(open: () => Promise<AdapterHome>): void {
  let opened: AdapterHome | undefined;
  let incoming: Incoming[] = [];
  const bench: Bench = {
    get home() {
      if (!opened) throw new Error('This is there only while a test runs.');
      return opened;
    },
    get incoming() {
      return incoming;
    },
  };
  beforeEach(async () => {
    opened = await open();
    const received: Incoming[] = [];
    incoming = received;
    const receive = async (one: Incoming): Promise<void> => void received.push(one);
    await opened.adapter.start(receive, { signal: new AbortController().signal });
  });
  afterEach(async () => {
    await opened?.[Symbol.asyncDispose]();
    opened = undefined;
  });
  describeWriting(bench);
  describeReading(bench);
}
