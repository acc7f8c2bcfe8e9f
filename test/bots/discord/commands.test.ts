import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openRest } from '../../../src/bots/discord/calls.ts';
import { allCommands } from '../../../src/bots/discord/commands.ts';
import { registerCommands } from '../../../src/bots/discord/register.ts';
import { SUGGESTIONS, TRANSLATIONS, wordsFor } from '../../../src/bots/discord/words/index.ts';
import { FakeDiscord } from '../../support/fake-discord/index.ts';
import { understand } from '../../support/understand.ts';
import { call } from './home.ts';

type Localized = Partial<
  Record<'name' | 'description', string> &
    Record<'name_localizations' | 'description_localizations', Record<string, string>> & {
      readonly options: readonly Localized[];
      readonly type: number;
    }
>;

const NAME = /^[-_'\p{L}\p{N}]{1,32}$/u;

function check({ options = [], ...named }: Localized, isMenu = false): void {
  const names = [named.name ?? '', ...Object.values(named.name_localizations ?? {})];
  for (const name of names) {
    expect(name.length, name).toBeLessThanOrEqual(32);
    if (isMenu) continue;
    expect(name).toMatch(NAME);
    expect(name).toBe(name.toLowerCase());
  }
  const descriptions = Object.values(named.description_localizations ?? {});
  for (const text of [named.description ?? '', ...descriptions]) {
    expect(text.length, text).toBeLessThanOrEqual(100);
  }
  for (const locale of ['de', 'fr', 'es-ES', 'es-419', 'ja', 'zh-CN']) {
    expect(named.name_localizations?.[locale], `${named.name ?? ''} in ${locale}`).toBeTruthy();
    const inLocale = options.map((option) => option.name_localizations?.[locale]);
    expect(new Set(inLocale).size, locale).toBe(options.length);
  }
  for (const option of options) check(option);
}

describe('the commands', () => {
  it('have names and descriptions that Discord takes, in every language', () => {
    const commands = allCommands() as Localized[];
    expect(commands.map(({ name }) => name)).toEqual([
      'edit',
      'Edit this image',
      'edit-help',
      'edit-history',
      'edit-forget-me',
      'edit-settings',
    ]);
    for (const command of commands) check(command, command.type === 3);
  });

  it('suggest requests that are understood, each in every language', () => {
    for (const request of SUGGESTIONS) {
      const { wishes, looks, left } = understand(request);
      expect(wishes.length + looks.length, request).toBeGreaterThan(0);
      expect(left, request).toEqual([]);
      for (const { locales, suggestions } of TRANSLATIONS) {
        const label = suggestions[request];
        expect(label?.length, `${request} in ${locales[0] ?? ''}`).toBeLessThanOrEqual(100);
      }
    }
  });

  it('ask in a form with words that fit', () => {
    for (const locale of ['en-US', 'de', 'fr', 'es-419', 'ja', 'zh-CN']) {
      const { form } = wordsFor(locale);
      for (const text of [form.title, form.request, form.files]) {
        expect(text.length, text).toBeLessThanOrEqual(45);
      }
      expect(form.example.length).toBeLessThanOrEqual(100);
      expect(form.filesHint.length).toBeLessThanOrEqual(100);
    }
    expect(wordsFor('de').form.title).toBe('Dieses Bild bearbeiten');
    expect(wordsFor('es-MX')).toBe(wordsFor('es-ES'));
    expect(wordsFor('sv-SE')).toBe(wordsFor(undefined));
  });
});

describe('registering', () => {
  let fake: FakeDiscord;
  beforeEach(async () => {
    fake = await FakeDiscord.start();
  });
  afterEach(async () => {
    await fake[Symbol.asyncDispose]();
  });

  it('writes only what is not there, and says where to invite the bot', async () => {
    const rest = openRest({ DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.apiUrl });
    const first = await registerCommands(rest, call);
    expect(first).toMatchObject({
      changed: true,
      commands: 6,
      application: { id: fake.world.bot.id },
    });
    expect(new URL(first.inviteUrl).searchParams.get('client_id')).toBe(fake.world.bot.id);
    expect((await registerCommands(rest, call)).changed).toBe(false);
    Object.assign(fake.world.commands[0] ?? {}, { description: 'Something else' });
    expect((await registerCommands(rest, call)).changed).toBe(true);
    expect((await registerCommands(rest, call)).changed).toBe(false);
    expect(fake.faults).toEqual([]);
  });
});
