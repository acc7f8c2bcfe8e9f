import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { EnvelopeReader } from './envelope-reader.ts';
import { FakeSlack } from './fake-slack.ts';
import { SILENT } from './silent.ts';
import type { Person } from './person.ts';
import type { Channel, Json } from './types.ts';

let slack: FakeSlack;
let reader: EnvelopeReader;
let client: InstanceType<typeof webApi.WebClient>;
let ann: Person;
let general: Channel;

beforeEach(async () => {
  slack = await FakeSlack.start();
  reader = await EnvelopeReader.connect(slack);
  client = new webApi.WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    logger: SILENT,
  });
  ann = slack.person('ann', { locale: 'de-DE' });
  general = slack.channel('general');
});
afterEach(async () => {
  reader[Symbol.dispose]();
  await slack[Symbol.asyncDispose]();
});

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const MODAL = {
  type: 'modal' as const,
  callback_id: 'edit',
  title: plain('Edit'),
  submit: plain('Go'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'request',
      label: plain('Request'),
      element: { type: 'plain_text_input' as const, action_id: 'words', max_length: 10 },
    },
    {
      type: 'input' as const,
      block_id: 'picture',
      optional: true,
      label: plain('Picture'),
      element: { type: 'file_input' as const, action_id: 'file', filetypes: ['png'], max_files: 1 },
    },
  ],
};

async function openModal(): Promise<void> {
  const commanded = ann.slash(general, '/edit');
  const envelope = await reader.next('slash_commands');
  await client.views.open({ trigger_id: envelope.payload.trigger_id, view: MODAL });
  reader.ack(envelope);
  await commanded;
}

describe('a person', () => {
  it('is written down as Slack writes: escaped, with links, mentions and channels marked up', async () => {
    const { text } = await ann.mentions(general, 'is 1 < 2 & #general? https://a.example @channel');
    expect(text).toBe(
      `<@${slack.workspace.botUser.id}> is 1 &lt; 2 &amp; <#${general.id}|general>? <https://a.example> <!channel>`,
    );
  });

  it('opens a form, fills it in as far as it allows, and hears what is wrong with that', async () => {
    await openModal();
    await expect(ann.submits({})).rejects.toThrow(/must be filled in/);
    await expect(ann.submits({ text: 'far too long for that' })).rejects.toThrow(/21 characters/);
    const file = { name: 'a.txt', bytes: Buffer.from('a') };
    await expect(ann.submits({ text: 'warmer', files: [file] })).rejects.toThrow(/no text/);
    const submitted = ann.submits({ text: 'warmer' });
    const envelope = await reader.next('interactive');
    expect(envelope.payload).toMatchObject({
      type: 'view_submission',
      view: { state: { values: { request: { words: { value: 'warmer' } } } } },
    });
    reader.ack(envelope, { response_action: 'errors', errors: { request: 'No.' } });
    expect(await submitted).toEqual({ request: 'No.' });
    const again = ann.submits({ text: 'colder' });
    reader.ack(await reader.next('interactive'));
    await again;
    expect(ann.modal).toBeUndefined();
  });

  it('opens no form with a trigger that is old or was used', async () => {
    void ann.slash(general, '/edit');
    const { payload } = await reader.next('slash_commands');
    const open = () => client.views.open({ trigger_id: payload.trigger_id, view: MODAL });
    slack.clock.advance(3_001);
    await expect(open()).rejects.toMatchObject({ data: { error: 'expired_trigger_id' } });
    await expect(open()).rejects.toMatchObject({ data: { error: 'invalid_trigger_id' } });
  });

  it('sees no form that Slack would not show', async () => {
    void ann.slash(general, '/edit');
    const { payload } = await reader.next('slash_commands');
    const view = { ...MODAL, title: plain('a'.repeat(25)) };
    const opened = client.views.open({ trigger_id: payload.trigger_id, view });
    await expect(opened).rejects.toMatchObject({ data: { error: 'invalid_arguments' } });
  });

  it('presses a button, and is answered at its address', async () => {
    const blocks = [
      { type: 'actions', elements: [{ type: 'button', text: plain('Undo'), action_id: 'undo' }] },
    ];
    await client.apiCall('chat.postMessage', { channel: general.id, text: 'Done', blocks });
    const [seen] = slack.timeline(general);
    if (!seen) throw new Error('There is no message.');
    const pressed = ann.presses(seen.message, 'Undo');
    const envelope = await reader.next('interactive');
    const { response_url: url, actions } = envelope.payload as unknown as Json;
    expect(actions).toMatchObject([{ action_id: 'undo', type: 'button' }]);
    reader.ack(envelope);
    await pressed;
    const body = JSON.stringify({ text: 'Undone', replace_original: true });
    await fetch(String(url), { method: 'POST', body });
    expect(slack.timeline(general)).toMatchObject([{ text: 'Undone' }]);
  });

  it('is told of where the app may hear it: edits, deletions, reactions, forwarded files', async () => {
    const message = await ann.says(general, 'hello');
    ann.reacts(message, 'thumbsup');
    ann.edits(message, 'hello there');
    await client.apiCall('chat.postMessage', {
      channel: general.id,
      text: 'A',
      thread_ts: message.ts,
    });
    ann.deletes(message);
    const told = [];
    for (let count = 0; count < 5; count += 1) {
      const envelope = await reader.next('events_api');
      const { type, subtype } = envelope.payload.event;
      told.push(subtype ?? type);
      reader.ack(envelope);
    }
    expect(told).toEqual([
      'message',
      'reaction_added',
      'message_changed',
      'message',
      // A reply stands under it.
      'message_changed',
    ]);
    slack.workspace.scopes.delete('channels:history');
    await ann.says(general, 'unheard');
    await slack.dispatcher.atRest();
    expect(reader.envelopes).toEqual([]);
  });

  it('has a locale, a home of the app, and an agent to talk to', async () => {
    const { user } = await client.users.info({ user: ann.id, include_locale: true });
    expect(user?.locale).toBe('de-DE');
    ann.opensHome();
    await client.views.publish({
      user_id: ann.id,
      view: { type: 'home', blocks: [{ type: 'section', text: plain('Hello') }] },
    });
    expect(ann.user.home?.content['blocks']).toHaveLength(1);
    const root = ann.opensAssistant();
    const thread = { channel_id: root.channel, thread_ts: root.ts };
    await client.assistant.threads.setSuggestedPrompts({
      ...thread,
      prompts: [{ title: 'Warmer', message: 'make it warmer' }],
    });
    await client.assistant.threads.setStatus({ ...thread, status: 'is looking' });
    expect(slack.statusIn(root)).toBe('is looking');
    slack.clock.advance(120_001);
    expect(slack.statusIn(root)).toBe('');
  });
});
