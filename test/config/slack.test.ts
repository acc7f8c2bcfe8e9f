import { describe, expect, it } from 'vitest';

import { parseSettings } from '../../src/config/index.ts';

describe('the settings of Slack', () => {
  it.each([
    [
      { SLACK_BOT_TOKEN: 'xoxb-1' },
      'SLACK_APP_TOKEN is wrong: Slack needs it, or SLACK_SIGNING_SECRET and SLACK_PORT, to reach the bot.',
    ],
    [
      { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' },
      'SLACK_APP_TOKEN is wrong: Slack needs it, or SLACK_SIGNING_SECRET and SLACK_PORT, to reach the bot.',
    ],
    [
      { SLACK_APP_TOKEN: 'xapp-1' },
      'SLACK_BOT_TOKEN is wrong: without it, or SLACK_CLIENT_ID, the bot can’t answer.',
    ],
    [
      { SLACK_BOT_TOKEN: 'xoxb 1', SLACK_APP_TOKEN: 'xapp-1' },
      'SLACK_BOT_TOKEN is wrong: it is to hold neither spaces nor signs beyond ASCII.',
    ],
    [
      { SLACK_CLIENT_ID: '1.2', SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' },
      'SLACK_CLIENT_ID is wrong: it is for many workspaces, SLACK_BOT_TOKEN for one; set one of them.',
    ],
    [
      { SLACK_CLIENT_ID: '1.2', SLACK_APP_TOKEN: 'xapp-1' },
      'SLACK_CLIENT_ID is wrong: it needs SLACK_CLIENT_SECRET, SLACK_TOKEN_KEY, SLACK_SIGNING_SECRET and SLACK_PORT beside it.',
    ],
    [{ SLACK_TOKEN_KEY: 'short' }, 'SLACK_TOKEN_KEY is wrong: it is to be 64 hexadecimal digits'],
    [{ SLACK_API_URL: 'ftp://127.0.0.1' }, 'SLACK_API_URL is wrong: Invalid URL.'],
  ])('are refused where they are not whole: %o', (variables, sentence) => {
    expect(() => parseSettings(variables)).toThrow(sentence);
  });
});
