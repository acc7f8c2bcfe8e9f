import { readFile } from 'node:fs/promises';

import { parse } from 'dotenv';
import { afterEach, describe, expect, it, vi } from 'vitest';

import {
  childEnvironment,
  engineEnvironment,
  engineOptions,
  keepOptions,
  parseSettings,
  SETTING_NAMES,
} from '../../src/config/index.ts';

describe('settings', () => {
  it('have defaults for everything', () => {
    expect(parseSettings({})).toMatchObject({ ENGINE: 'darkroom', MAX_ROUNDS: 3 });
  });

  it('count as not set where they are empty', () => {
    expect(parseSettings({ MAX_ROUNDS: ' ', REDIS_URL: '' }).MAX_ROUNDS).toBe(3);
  });

  it('name shards, and of how many', () => {
    const { DISCORD_SHARDS } = parseSettings({ DISCORD_SHARDS: '0,2/4' });
    expect(DISCORD_SHARDS).toEqual({ ids: [0, 2], count: 4 });
  });

  it.each([
    ['true', true],
    ['no', false],
    ['0', false],
  ])('read %s as a switch', (AUDIT_TEXT, expected) => {
    expect(parseSettings({ AUDIT_TEXT }).AUDIT_TEXT).toBe(expected);
  });

  it.each([
    [{ MAX_ROUNDS: 'many' }, 'MAX_ROUNDS'],
    [{ MAX_ROUNDS: '11' }, 'MAX_ROUNDS'],
    [{ TURN_DEADLINE_SECONDS: '-1' }, 'TURN_DEADLINE_SECONDS'],
    [{ REDIS_URL: 'http://127.0.0.1' }, 'REDIS_URL'],
    [{ DATABASE_URL: 'mysql://127.0.0.1/x' }, 'DATABASE_URL'],
    [{ S3_ENDPOINT: 'http://127.0.0.1:9000' }, 'S3_BUCKET'],
    [{ S3_BUCKET: 'b', S3_ACCESS_KEY_ID: 'k' }, 'S3_SECRET_ACCESS_KEY'],
    [{ RETENTION_DAYS: '-1' }, 'RETENTION_DAYS'],
    [{ AUDIT_TEXT: 'perhaps' }, 'AUDIT_TEXT'],
    [{ MODERATION_URL: 'ftp://127.0.0.1' }, 'MODERATION_URL'],
    [{ MODERATION_URL: 'http://user:password@127.0.0.1/v1' }, 'MODERATION_URL'],
    [{ MODERATION_API_KEY: 'sk-1' }, 'MODERATION_URL'],
    [{ MODERATION_URL: 'http://127.0.0.1', MODERATION_API_KEY: 'sk\n1' }, 'MODERATION_API_KEY'],
    [{ REASONER_URL: 'http://user:password@127.0.0.1/v1' }, 'REASONER_URL'],
    [{ REASONER_API_KEY: 'sk-1' }, 'REASONER_URL'],
    [{ EDITOR_URL: 'http://127.0.0.1', EDITOR_API_KEY: 'sk\n1' }, 'EDITOR_API_KEY'],
    [{ EDITOR_EXTRA: '[1]' }, 'EDITOR_EXTRA'],
    [{ EDITOR_PREVIEWS: '4' }, 'EDITOR_PREVIEWS'],
    [{ ENGINE_PAIRS: 'mine=openai' }, 'ENGINE_PAIRS'],
    [{ PRICES: 'gpt-5-mini 1 2' }, 'PRICES'],
    [{ KEEP: 'faces' }, 'KEEP'],
    [{ REFUSED_WORDS: 'blood, !?' }, 'REFUSED_WORDS'],
    [{ WEB_PORT: '65536' }, 'WEB_PORT'],
    [{ DISCORD_SHARDS: '2/2' }, 'DISCORD_SHARDS'],
    [{ DISCORD_SHARDS: 'all' }, 'DISCORD_SHARDS'],
    [{ DISCORD_API_URL: 'discord.example' }, 'DISCORD_API_URL'],
    [{ GPU: '-1' }, 'GPU'],
    [{ HEALTH_PORT: 'yes' }, 'HEALTH_PORT'],
    [{ WEB_HOST: '0.0.0.0' }, 'WEB_TOKEN'],
    [{ WEB_HOST: '0.0.0.0', WEB_TOKEN: 'short' }, 'WEB_TOKEN'],
  ])('are refused with one sentence that names the wrong one: %o', (variables, name) => {
    expect(() => parseSettings(variables)).toThrow(
      expect.objectContaining({
        code: 'BAD_SETTINGS',
        message: expect.stringContaining(name) as string,
      }),
    );
  });

  it('name no secret where it is wrong', () => {
    const variables = { MODERATION_URL: 'http://127.0.0.1', MODERATION_API_KEY: 'sk secret' };
    expect(() => parseSettings(variables)).toThrow(/^(?!.*secret)/);
  });

  it('read lists, parted by commas', () => {
    expect(parseSettings({ REFUSED_WORDS: ' blood,no clothes ,, ' }).REFUSED_WORDS).toEqual([
      'blood',
      'no clothes',
    ]);
  });

  it('choose the engine of servers where both are named, and none else is', () => {
    const urls = { REASONER_URL: 'http://127.0.0.1/v1', EDITOR_URL: 'http://127.0.0.1/v1' };
    expect(parseSettings(urls).ENGINE).toBe('openai');
    expect(parseSettings({ ...urls, ENGINE: 'darkroom' }).ENGINE).toBe('darkroom');
    expect(parseSettings({ REASONER_URL: urls.REASONER_URL }).ENGINE).toBe('darkroom');
  });

  it('become the options of engines, those of pairs among them', () => {
    const settings = parseSettings({
      EDITOR_URL: 'https://example.com/v1',
      EDITOR_API_KEY: 'sk-1',
      EDITOR_EXTRA: '{"num_inference_steps": 28}',
      ENGINE_PAIRS: 'mine = openai + darkroom, other=darkroom+openai',
      PRICES: 'a/b:c 1 2.5 0, d 0 0 0.04',
    });
    expect(engineOptions(settings)).toMatchObject({
      darkroom: {},
      openai: {
        editor: {
          url: 'https://example.com/v1',
          apiKey: 'sk-1',
          timeoutMs: 600_000,
          extra: { num_inference_steps: 28 },
          megapixels: 1,
          previews: 0,
        },
        prices: {
          'a/b:c': { input: 1, output: 2.5, image: 0 },
          d: { input: 0, output: 0, image: 0.04 },
        },
      },
      mine: { pair: { reasoner: 'openai', editor: 'darkroom' } },
      other: { pair: { reasoner: 'darkroom', editor: 'openai' } },
    });
  });

  it.each([
    [undefined, { size: true, place: true, pixels: true }],
    ['size, pixels', { size: true, place: false, pixels: true }],
    ['none', { size: false, place: false, pixels: false }],
  ])('say what is mended on painted pictures: %s', (KEEP, expected) => {
    expect(keepOptions(parseSettings({ KEEP }))).toEqual(expected);
  });

  it('are all in .env.example, with their defaults', async () => {
    const example = parse(await readFile(new URL('../../.env.example', import.meta.url)));
    expect(Object.keys(example).toSorted()).toEqual(SETTING_NAMES.toSorted());
    expect(parseSettings(example)).toEqual(parseSettings({}));
  });
});

describe('the environment of a child', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('holds no secret', () => {
    vi.stubEnv('SLACK_BOT_TOKEN', 'xoxb-1');
    vi.stubEnv('MODERATION_API_KEY', 'sk-1');
    vi.stubEnv('REASONER_API_KEY', 'sk-2');
    vi.stubEnv('LANG', 'de');
    expect(childEnvironment()).not.toHaveProperty('SLACK_BOT_TOKEN');
    expect(childEnvironment()).not.toHaveProperty('MODERATION_API_KEY');
    expect(childEnvironment()).not.toHaveProperty('REASONER_API_KEY');
    expect(childEnvironment()).toMatchObject({ LANG: 'de' });
  });

  it('names the GPU that the settings choose, whatever was there', () => {
    vi.stubEnv('CUDA_VISIBLE_DEVICES', '0,1');
    const told = engineEnvironment(parseSettings({ GPU: '1' }));
    expect(childEnvironment(told)).toMatchObject({ CUDA_VISIBLE_DEVICES: '1' });
    expect(childEnvironment(engineEnvironment(parseSettings({})))).toMatchObject({
      CUDA_VISIBLE_DEVICES: '0,1',
    });
  });
});
