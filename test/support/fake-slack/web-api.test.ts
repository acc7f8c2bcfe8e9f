import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { drawn } from '../drawn.ts';
import { FakeSlack } from './fake-slack.ts';
import { SILENT } from './silent.ts';
import type { Channel, Json } from './types.ts';
import sharp from 'sharp';

let slack: FakeSlack;
let client: InstanceType<typeof webApi.WebClient>;
let general: Channel;
let png: Buffer;

beforeEach(async () => {
  slack = await FakeSlack.start();
  client = clientOf(slack.botToken);
  slack.person('ann');
  general = slack.channel('general');
  const { data, width, height } = await drawn(8, 4, '<circle r="3" fill="#f00"/>');
  png = await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
});
afterEach(() => slack[Symbol.asyncDispose]());

function clientOf(token: string | undefined) {
  return new webApi.WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: SILENT,
  });
}

/** The word with which a call is refused, `ok` if it is not. */
async function outcomeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    return (error as { data?: { error?: string } }).data?.error ?? String(error);
  }
}

const post = (args: Json) =>
  outcomeOf(client.apiCall('chat.postMessage', { channel: general.id, text: 'Hello', ...args }));
const plain = (text: string): Json => ({ type: 'plain_text', text });
const section = (text: string): Json => ({ type: 'section', text: { type: 'mrkdwn', text } });
const button = (action: number): Json => ({
  type: 'button',
  text: plain('Press'),
  action_id: `a${action}`,
});

async function upload(bytes = png, filename = 'round.png'): Promise<string> {
  const { upload_url: url = '', file_id: id = '' } = await client.files.getUploadURLExternal({
    filename,
    length: bytes.length,
  });
  expect((await fetch(url, { method: 'POST', body: new Uint8Array(bytes) })).status).toBe(200);
  await client.files.completeUploadExternal({ files: [{ id, title: filename }] });
  return id;
}

describe('blocks', () => {
  const many = (count: number, make: (index: number) => Json) =>
    Array.from({ length: count }, (_none, index) => make(index));

  it.each<[string, readonly Json[], readonly Json[]]>([
    ['fifty', many(50, () => section('a')), many(51, () => section('a'))],
    ['a section of 3,000', [section('a'.repeat(3_000))], [section('a'.repeat(3_001))]],
    [
      'a header of 150',
      [{ type: 'header', text: plain('a'.repeat(150)) }],
      [{ type: 'header', text: plain('a'.repeat(151)) }],
    ],
    [
      'a header of plain text',
      [{ type: 'header', text: plain('a') }],
      [{ type: 'header', text: { type: 'mrkdwn', text: 'a' } }],
    ],
    [
      '25 actions',
      [{ type: 'actions', elements: many(25, button) }],
      [{ type: 'actions', elements: many(26, button) }],
    ],
    [
      'actions with names of their own',
      [{ type: 'actions', elements: [button(1), button(2)] }],
      [{ type: 'actions', elements: [button(1), button(1)] }],
    ],
    [
      'ten parts of a context',
      [{ type: 'context', elements: many(10, () => plain('a')) }],
      [{ type: 'context', elements: many(11, () => plain('a')) }],
    ],
    ['text that is some', [section('a')], [section('')]],
    ['fields that are known', [section('a')], [{ ...section('a'), colour: 'red' }]],
    ['types that are known', [{ type: 'divider' }], [{ type: 'carousel' }]],
    [
      'a file input in no message',
      [section('a')],
      [{ type: 'input', label: plain('File'), element: { type: 'file_input' } }],
    ],
  ])('of %s, and no more', async (_limit, good, bad) => {
    expect([await post({ blocks: good }), await post({ blocks: bad })]).toEqual([
      'ok',
      'invalid_blocks',
    ]);
  });

  it('are not too long together', async () => {
    const long = (count: number) => many(count, () => section('a'.repeat(3_000)));
    expect([await post({ blocks: long(4) }), await post({ blocks: long(5) })]).toEqual([
      'ok',
      'msg_blocks_too_long',
    ]);
  });

  it('show a file once Slack has looked at it, if it is a picture that they show', async () => {
    const image = (id: string, alt = 'A dot') => ({
      blocks: [{ type: 'image', slack_file: { id }, alt_text: alt }],
    });
    const id = await upload();
    expect(await post(image(id))).toBe('invalid_blocks');
    expect((await client.files.info({ file: id })).file?.mimetype).toBe('');
    expect((await client.files.info({ file: id })).file?.mimetype).toBe('image/png');
    expect(await post(image(id))).toBe('ok');
    expect(await post(image(id, 'a'.repeat(2_001)))).toBe('invalid_blocks');
    const webp = await upload(await sharp(png).webp().toBuffer(), 'round.webp');
    await client.files.info({ file: webp });
    expect(await post(image(webp))).toBe('invalid_blocks');
    expect(await post(image('F0'))).toBe('invalid_blocks');
    const [shown] = slack.timeline(general).flatMap(({ pictures }) => pictures);
    expect(shown).toMatchObject({ alt: 'A dot', file: { name: 'round.png' } });
    expect(png.equals(shown?.file.bytes ?? new Uint8Array())).toBe(true);
  });
});

describe('messages', () => {
  it('have no more text than fits', async () => {
    expect(await post({ text: 'a'.repeat(40_001) })).toBe('msg_too_long');
    expect(await post({ text: '' })).toBe('no_text');
    await post({ text: 'a' });
    const ts = slack.timeline(general)[0]?.ts ?? '';
    const update = (text: string) =>
      outcomeOf(client.chat.update({ channel: general.id, ts, text }));
    expect(await update('a'.repeat(4_001))).toBe('msg_too_long');
    expect(await update('b')).toBe('ok');
    expect(slack.timeline(general)).toMatchObject([{ text: 'b', isEdited: true }]);
  });

  it('carry metadata that is found again, and not without being asked for', async () => {
    const metadata = { event_type: 'turn', event_payload: { turn: 't1', round: 2 } };
    expect(await post({ metadata })).toBe('ok');
    expect(await post({ metadata: { event_type: 'turn' } })).toBe('invalid_metadata_schema');
    expect(await post({ metadata: 'turn' })).toBe('invalid_metadata_format');
    const history = async (withMetadata: boolean) => {
      const { messages = [] } = await client.conversations.history({
        channel: general.id,
        include_all_metadata: withMetadata,
      });
      return messages[0]?.metadata;
    };
    expect(await history(true)).toEqual(metadata);
    expect(await history(false)).toBeUndefined();
  });

  it('go where the bot is, and nothing is archived or gone', async () => {
    const away = slack.channel('away', { withoutBot: true });
    const secret = slack.channel('secret', { withoutBot: true, kind: 'group' });
    expect(await post({ channel: away.id })).toBe('not_in_channel');
    expect(await post({ channel: secret.id })).toBe('channel_not_found');
    general.isArchived = true;
    expect(await post({})).toBe('is_archived');
    general.isGone = true;
    expect(await post({})).toBe('channel_not_found');
  });

  it('are changed by who wrote them', async () => {
    const { ts } = await slack.person('ann').says(general, 'mine');
    const place = { channel: general.id, ts };
    expect(await outcomeOf(client.chat.update({ ...place, text: 'yours' }))).toBe(
      'cant_update_message',
    );
    expect(await outcomeOf(client.chat.delete(place))).toBe('cant_delete_message');
    expect(await outcomeOf(client.chat.delete({ ...place, ts: '1.1' }))).toBe('message_not_found');
  });

  it('are seen by one person alone where they are for one', async () => {
    const [ann, ben] = [slack.person('ann'), slack.person('ben')];
    const ephemeral = { channel: general.id, user: ann.id, text: 'For you.' };
    await client.chat.postEphemeral(ephemeral);
    expect(slack.timeline(general, ann)).toMatchObject([{ isForThemAlone: true }]);
    expect(slack.timeline(general, ben)).toEqual([]);
  });
});

describe('who may what', () => {
  it('is told by scopes', async () => {
    slack.workspace.scopes.delete('chat:write');
    await expect(
      client.apiCall('chat.postMessage', { channel: general.id, text: 'a' }),
    ).rejects.toMatchObject({
      data: {
        error: 'missing_scope',
        needed: 'chat:write',
        provided: expect.stringContaining('files:read') as string,
      },
    });
    slack.workspace.scopes.delete('channels:history');
    const history = client.conversations.history({ channel: general.id });
    expect(await outcomeOf(history)).toBe('missing_scope');
  });

  it('is told by tokens', async () => {
    expect(await outcomeOf(clientOf(undefined).auth.test())).toBe('not_authed');
    expect(await outcomeOf(clientOf('xoxb-other').auth.test())).toBe('invalid_auth');
    slack.revoke();
    expect(await outcomeOf(client.auth.test())).toBe('token_revoked');
  });

  it('is given to an app by a person, and kept apart by workspace', async () => {
    const other = slack.addWorkspace('other');
    const code = slack.allow(other);
    const { clientId, clientSecret } = slack.app;
    const access = { client_id: clientId, client_secret: clientSecret, code };
    const installed = await clientOf(undefined).oauth.v2.access(access);
    expect(installed.team?.id).toBe(other.id);
    expect(await outcomeOf(clientOf(undefined).oauth.v2.access(access))).toBe('invalid_code');
    const visitor = clientOf(installed.access_token);
    const posting = visitor.apiCall('chat.postMessage', { channel: general.id, text: 'a' });
    expect(await outcomeOf(posting)).toBe('channel_not_found');
  });
});

describe('files', () => {
  it('are given to who may read them, and a page to log in to all others', async () => {
    const ann = slack.person('ann');
    const { files } = await ann.says(general, 'look', { files: [{ name: 'dot.png', bytes: png }] });
    const { file } = await client.files.info({ file: files[0]?.id ?? '' });
    const fetchAs = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(file?.url_private ?? '', { headers });
      return [response.status, response.headers.get('content-type')];
    };
    expect(await fetchAs(slack.botToken)).toEqual([200, 'image/png']);
    expect(await fetchAs('xoxb-other')).toEqual([200, 'text/html; charset=utf-8']);
    slack.workspace.scopes.delete('files:read');
    expect(await fetchAs(slack.botToken)).toEqual([200, 'text/html; charset=utf-8']);
  });

  it('are as long as was said', async () => {
    const { upload_url: url = '' } = await client.files.getUploadURLExternal({
      filename: 'a.png',
      length: 3,
    });
    expect((await fetch(url, { method: 'POST', body: 'four' })).status).toBe(400);
    expect(slack.faults).toEqual(['a.png has 4 bytes, not 3.']);
  });
});

describe('rates', () => {
  it('are kept for each method and channel', async () => {
    slack.rates.rates.set('chat.postMessage', [{ calls: 2, perMs: 10_000, byChannel: true }]);
    const other = slack.channel('other');
    expect([await post({}), await post({}), await post({ channel: other.id })]).toEqual([
      'ok',
      'ok',
      'ok',
    ]);
    await expect(
      client.apiCall('chat.postMessage', { channel: general.id, text: 'a' }),
    ).rejects.toMatchObject({
      code: 'slack_webapi_rate_limited_error',
      retryAfter: 10,
    });
    expect(slack.timeline(general)).toHaveLength(2);
    slack.clock.advance(10_000);
    expect(await post({})).toBe('ok');
  });
});

describe('what goes wrong on purpose', () => {
  it('has its effect or has none, and is counted', async () => {
    slack.troubles.add('chat.postMessage', { kind: 'hangs-up' });
    slack.troubles.add('chat.postMessage', { kind: 'lost' });
    slack.troubles.add('chat.postMessage', { kind: 'refused', error: 'fatal_error' });
    for (const text of ['unheard', 'heard', 'refused', 'well']) await post({ text });
    expect(slack.timeline(general).map(({ text }) => text)).toEqual(['heard', 'well']);
    expect(slack.countOf('chat.postMessage')).toBe(4);
  });

  it('is a fault of the app when it asks for what is not there', async () => {
    expect(await outcomeOf(client.apiCall('chat.shout'))).toBe('unknown_method');
    expect(slack.faults).toEqual(['chat.shout: unknown_method']);
  });
});
