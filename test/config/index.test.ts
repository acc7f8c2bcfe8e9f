import { readFile } from 'node:fs/promises';

import { parse } from 'dotenv';
import { describe, expect, it } from 'vitest';

import { parseSettings, SECRET_NAMES, SETTING_NAMES } from '../../src/config/index.ts';

describe('settings', () => {
  it('have defaults for everything', () => {
    expect(parseSettings({})).toMatchObject({ ENGINE: 'darkroom', MAX_ROUNDS: 3 });
  });

  it('count as not set where they are empty', () => {
    expect(parseSettings({ MAX_ROUNDS: ' ', REDIS_URL: '' }).MAX_ROUNDS).toBe(3);
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

  it('read lists, parted by commas', () => {
    expect(parseSettings({ REFUSED_WORDS: ' blood,no clothes ,, ' }).REFUSED_WORDS).toEqual([
      'blood',
      'no clothes',
    ]);
  });

  it('are all in .env.example, with their defaults', async () => {
    const example = parse(await readFile(new URL('../../.env.example', import.meta.url)));
    expect(Object.keys(example).toSorted()).toEqual(SETTING_NAMES.toSorted());
    expect(parseSettings(example)).toEqual(parseSettings({}));
  });
});

describe('secrets', () => {
  it('are all settings whose names say so, and addresses with a password in them', () => {
    const named = SETTING_NAMES.filter((name) => /(?:KEY|TOKEN|SECRET)$/.test(name));
    expect(SECRET_NAMES.toSorted()).toEqual([...named, 'DATABASE_URL', 'REDIS_URL'].toSorted());
  });

  it.each(SECRET_NAMES)('are not shown where they are wrong: %s', (name) => {
    const read = () => parseSettings({ [name]: 'a wrong one' });
    expect(read).toThrow(expect.objectContaining({ code: 'BAD_SETTINGS' }));
    expect(read).not.toThrow('wrong one');
  });
});
