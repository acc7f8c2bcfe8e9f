import { describe, expect, it } from 'vitest';

import { refusalWord, toSlackError } from '../../../src/bots/slack/errors.ts';
import { isSlackAddress } from '../../../src/bots/slack/hosts.ts';
import { AppError } from '../../../src/errors.ts';

const refusal = (data: Record<string, unknown>) =>
  Object.assign(new Error('An API error occurred'), {
    code: 'slack_webapi_platform_error',
    data: { ok: false, ...data },
  });

describe('what Slack refuses', () => {
  it.each([
    ['not_in_channel', 'NOT_PERMITTED', '/invite'],
    ['restricted_action', 'NOT_PERMITTED', 'admin'],
    ['token_revoked', 'NOT_PERMITTED', 'install me again'],
    ['channel_not_found', 'CHANNEL_GONE', 'gone'],
    ['is_archived', 'CHANNEL_GONE', 'archived'],
    ['message_not_found', 'MESSAGE_GONE', 'gone'],
    ['invalid_blocks', 'MESSAGE_REFUSED', 'did not take'],
    ['msg_too_long', 'MESSAGE_REFUSED', 'did not take'],
    ['file_not_found', 'IMAGE_NOT_FOUND', 'post it again'],
    ['internal_error', 'PLATFORM_UNAVAILABLE', 'tried again'],
    ['some_new_word', 'INTERNAL', 'some_new_word'],
  ])('is told as the port tells it: %s', (error, code, words) => {
    const known = toSlackError(refusal({ error }));
    expect(known).toMatchObject({ code, message: expect.stringContaining(words) as string });
    expect(refusalWord(known)).toBe(error);
  });

  it('names the scope that is missing', () => {
    const error = toSlackError(refusal({ error: 'missing_scope', needed: 'files:write' }));
    expect(error).toMatchObject({
      code: 'NOT_PERMITTED',
      message: expect.stringContaining('files:write') as string,
    });
  });

  it('says how long to wait', () => {
    const limited = Object.assign(new Error('limited'), {
      code: 'slack_webapi_rate_limited_error',
      retryAfter: 7,
    });
    expect(toSlackError(limited)).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 7_000 });
    const { retryAfterMs = 0 } = toSlackError(refusal({ error: 'ratelimited' }));
    expect(retryAfterMs).toBeGreaterThan(0);
  });

  it('may pass where Slack was not reached', () => {
    for (const code of ['slack_webapi_request_error', 'slack_webapi_http_error']) {
      const error = toSlackError(Object.assign(new Error('gone'), { code }));
      expect(error).toMatchObject({ code: 'PLATFORM_UNAVAILABLE', retryable: true });
    }
  });

  it('tells no page of HTML to people', () => {
    const { message } = toSlackError(refusal({ error: '<html>secret</html>' }));
    expect(message).toBe('Slack refused a call.');
  });

  it('leaves our own errors alone, also inside of Slack’s', () => {
    const ours = new AppError('RATE_LIMITED', 'Wait.');
    expect(toSlackError(ours)).toBe(ours);
    const wrapped = { code: 'slack_webapi_request_error', original: ours };
    expect(toSlackError(Object.assign(new Error('x'), wrapped))).toBe(ours);
  });
});

describe('the token goes', () => {
  const api = 'http://127.0.0.1:4000/api/';

  it.each([
    'https://files.slack.com/files-pri/T1-F1/a.png',
    'https://acme.slack.com/x',
    'https://slack-files.com/T1-F1',
    'http://127.0.0.1:4000/files/1',
  ])('to %s', (url) => {
    expect(isSlackAddress(new URL(url), api)).toBe(true);
  });

  it.each([
    'http://files.slack.com/files-pri/T1-F1/a.png',
    'https://slack.com.example.org/x',
    'https://evilslack.com/x',
    'https://files.slack.com:8443/x',
    'https://user@files.slack.com/x',
    'http://127.0.0.1:4001/files/1',
    'http://localhost:4000/files/1',
    'https://169.254.169.254/latest',
    'file:///etc/passwd',
  ])('never to %s', (url) => {
    expect(isSlackAddress(new URL(url), api)).toBe(false);
  });
});
