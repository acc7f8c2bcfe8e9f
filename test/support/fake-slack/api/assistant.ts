import { z } from 'zod';

import { Refusal, refuseUnless } from '../refusal.ts';
import type { Channel } from '../types.ts';
import { channelOf, type ApiCall, type Methods } from './handler.ts';

/** What an agent says it is doing is taken away after this. */
const STATUS_MS = 120_000;

const PROMPTS = z
  .array(z.strictObject({ title: z.string().min(1), message: z.string().min(1) }))
  .min(1)
  .max(4);

export const ASSISTANT: Methods = {
  'assistant.threads.setStatus': (call) => {
    const { channel, threadTs } = threadOf(call);
    const text = call.args.optionalText('status') ?? '';
    if (text === '') channel.statuses.delete(threadTs);
    else channel.statuses.set(threadTs, { text, until: call.world.clock.now() + STATUS_MS });
    return {};
  },

  'assistant.threads.setSuggestedPrompts': (call) => {
    const { channel, threadTs } = threadOf(call);
    const prompts = PROMPTS.safeParse(call.args.json('prompts', 'invalid_arguments'));
    if (!prompts.success) throw new Refusal('invalid_arguments');
    channel.prompts.set(threadTs, prompts.data);
    return {};
  },

  'assistant.threads.setTitle': (call) => {
    threadOf(call);
    call.args.text('title');
    return {};
  },
};

function threadOf(call: ApiCall): { readonly channel: Channel; readonly threadTs: string } {
  const channel = channelOf(call, 'channel_id');
  const threadTs = call.args.text('thread_ts');
  const isThere = channel.messages.some(({ ts }) => ts === threadTs);
  refuseUnless(isThere, 'invalid_thread_ts');
  return { channel, threadTs };
}
