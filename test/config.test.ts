import { readFile } from 'node:fs/promises';

import { parse } from 'dotenv';
import { afterEach, describe, expect, it, vi } from 'vitest';

import {
  childEnvironment,
  engineEnvironment,
  parseSettings,
  SETTING_NAMES,
} from '../src/config.ts';

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

  it('are all in .env.example, with their defaults', async () => {
    const example = parse(await readFile(new URL('../.env.example', import.meta.url)));
    expect(Object.keys(example).toSorted()).toEqual(SETTING_NAMES.toSorted());
    expect(parseSettings(example)).toEqual(parseSettings({}));
  });
});

describe('the environment of a child', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('holds no secret', () => {
    vi.stubEnv('SLACK_BOT_TOKEN', 'xoxb-1');
    vi.stubEnv('MODERATION_API_KEY', 'sk-1');
    vi.stubEnv('LANG', 'de');
    expect(childEnvironment()).not.toHaveProperty('SLACK_BOT_TOKEN');
    expect(childEnvironment()).not.toHaveProperty('MODERATION_API_KEY');
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
