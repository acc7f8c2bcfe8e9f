import { readFile } from 'node:fs/promises';

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { plain } from '../../../src/bots/plain-text.ts';
import type { WebAdapter } from '../../../src/bots/web/adapter.ts';
import type { EncodedImage } from '../../../src/image/types.ts';
import { startChromium } from '../../support/chromium.ts';
import { makePhoto } from '../../support/photos.ts';
import { ScriptedBot, type ScriptedTurn } from '../../support/scripted-bot.ts';
import { reflection } from '../../support/turns.ts';
import { openWebHome, urlOf, type WebHome, type WebSettings } from '../../support/web-home.ts';

const call = { signal: new AbortController().signal };
const CHECKS = new URL('../../support/page-checks.mjs', import.meta.url);
const PATIENCE_MS = 20_000;

let browser: Browser;
let home: WebHome | undefined;
let photo: EncodedImage;
let warmer: EncodedImage;
let warmest: EncodedImage;

beforeAll(async () => {
  browser = await startChromium();
  photo = await makePhoto({ format: 'jpeg' });
  warmer = await makePhoto({ tint: [1.2, 1, 0.8], format: 'jpeg' });
  warmest = await makePhoto({ tint: [1.4, 1, 0.7], format: 'jpeg' });
}, 300_000);
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await home?.[Symbol.asyncDispose]();
  home = undefined;
});
afterAll(() => browser.close());

interface Visit {
  readonly page: Page;
  readonly bot: ScriptedBot;
  readonly adapter: WebAdapter;
  /** What the browser complained of. */
  readonly complaints: readonly string[];
}

async function visit(
  options: BrowserContextOptions = {},
  settings: Partial<WebSettings> = {},
): Promise<Visit> {
  home = await openWebHome(settings);
  const adapter = home.adapter();
  const bot = new ScriptedBot(adapter, home.images);
  await adapter.start(bot.receive, call);
  const { page, complaints } = await openPage(urlOf(adapter), options);
  return { page, bot, adapter, complaints };
}

async function openPage(url: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1_280, height: 860 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  return { page, complaints };
}

const fileOf = ({ bytes }: EncodedImage, name = 'hill.jpg') => ({
  name,
  mimeType: 'image/jpeg',
  buffer: Buffer.from(bytes),
});

async function ask(page: Page, text: string, image?: EncodedImage): Promise<void> {
  if (image) await page.locator('input[type=file]').setInputFiles(fileOf(image));
  await page.getByRole('textbox', { name: 'Your request' }).fill(text);
  await page.keyboard.press('Enter');
}

/** A turn on the photo, from a message that is already there. */
async function answer(bot: ScriptedBot, index = 0): Promise<ScriptedTurn> {
  return bot.begin(await bot.message(index), photo);
}

async function finish(turn: ScriptedTurn): Promise<void> {
  await turn.plan('The light is cold, so I warm it.', 'Warm it.');
  await turn.round('Warm it.', warmer, reflection('refine'));
  await turn.round('Warm it a little more.', warmest, reflection());
  await turn.succeed();
}

const textOf = (page: Page, selector: string) => () => page.locator(selector).first().innerText();
const countOf = (page: Page, selector: string) => () => page.locator(selector).count();
const problemsOf = async (page: Page): Promise<unknown> =>
  page.evaluate(await readFile(CHECKS, 'utf8'));
/** Waits until the page has come to it. */
async function expectSoon(look: () => unknown, expected: unknown): Promise<void> {
  const options = { timeout: PATIENCE_MS, interval: 50 };
  await vi.waitFor(async () => expect(await look()).toEqual(expected), options);
}
const containing = (words: string): unknown => expect.stringContaining(words);
async function expectShown(page: Page, words: string): Promise<void> {
  await page.getByText(words).first().waitFor();
}

describe('an edit', { timeout: 120_000 }, () => {
  it('is seen from the picture that is dropped to the result', async () => {
    const { page, bot, complaints } = await visit();
    await expectShown(page, 'What shall we change?');
    await ask(page, 'make it warmer', photo);
    const message = await bot.message(0);
    expect(message).toMatchObject({ text: 'make it warmer', isDirect: true });
    expect(message.attachments).toMatchObject([{ name: 'hill.jpg', bytes: photo.bytes.length }]);
    const turn = await answer(bot);
    await turn.think('The light');
    await expectShown(page, 'The light');
    await turn.think('The light is cold.');
    await expectShown(page, 'The light is cold.');
    await turn.plan('The light is cold.', 'Warm it.');
    await turn.step(1, 3, 8);
    await expectShown(page, 'Round 1: editing, step 3 of 8 (38%)');
    const progress = page.getByRole('progressbar', { name: 'Progress of this round' });
    expect(await progress.getAttribute('aria-valuenow')).toBe('3');
    expect(await progress.getAttribute('aria-valuemax')).toBe('8');
    await turn.round('Warm it.', warmer, reflection('refine'));
    await expectShown(page, 'Almost: going on from this picture.');
    await expectSoon(textOf(page, '.verdict-overall'), '68');
    await expectSoon(textOf(page, '.score'), expect.stringMatching(/As asked\s+8/));
    await turn.round('Warm it a little more.', warmest, reflection());
    await turn.succeed();
    await expectShown(page, 'Round 2 of 2 is the answer');
    await expectSoon(countOf(page, '.final .slider img'), 2);
    for (const name of [
      'Undo',
      'Retry',
      'Variations',
      'Good result',
      'Bad result',
      'Use round 1',
    ]) {
      expect(await page.getByRole('button', { name, exact: true }).count(), name).toBe(1);
    }
    await expectSoon(
      () =>
        page.evaluate(`[...document.querySelectorAll('.turn img')]
        .every(({ complete, naturalWidth }) => complete && naturalWidth > 0)`),
      true,
    );
    expect(complaints).toEqual([]);
  });

  it('is stopped by its button', async () => {
    const { page, bot } = await visit();
    await ask(page, 'make it warmer', photo);
    const turn = await answer(bot);
    await turn.think('Hm.');
    await page.getByRole('button', { name: 'Stop' }).click();
    expect(await bot.action(0)).toMatchObject({
      action: { action: 'stop', turnId: turn.turnId },
      messageId: turn.messageOf('status'),
    });
    await turn.stop();
    await expectShown(page, 'Stopped.');
    expect(await page.getByRole('button', { name: 'Stop' }).count()).toBe(0);
  });

  it('is judged, once, which every window shows, and a later one too', async () => {
    const { page, bot } = await visit();
    await ask(page, 'make it warmer', photo);
    await finish(await answer(bot));
    await page.waitForURL(/#[a-z0-9]{16}$/);
    const { page: other } = await openPage(page.url());
    const expectPressed = async (window: Page, pressed: string | undefined) => {
      for (const name of ['Good result', 'Bad result']) {
        const button = window.getByRole('button', { name, exact: true });
        await expectSoon(() => button.getAttribute('aria-pressed'), String(name === pressed));
      }
    };
    await expectPressed(page, undefined);
    await page.getByRole('button', { name: 'Good result' }).click();
    for (const window of [page, other]) await expectPressed(window, 'Good result');
    await other.getByRole('button', { name: 'Bad result' }).click();
    for (const window of [page, other]) await expectPressed(window, 'Bad result');
    await page.reload();
    await expectPressed(page, 'Bad result');
    expect(await bot.action(1)).toMatchObject({ action: { action: 'thumbs-down' } });
  });

  it('goes on where a reload has broken in', async () => {
    const { page, bot } = await visit();
    await ask(page, 'make it warmer', photo);
    const turn = await answer(bot);
    await turn.plan('The light is cold.', 'Warm it.');
    await turn.step(1, 2, 8);
    await expectShown(page, 'step 2 of 8');
    await page.reload();
    await expectShown(page, 'step 2 of 8');
    await turn.step(1, 5, 8);
    await expectShown(page, 'step 5 of 8');
    await finish(turn);
    await expectShown(page, 'Round 2 of 2 is the answer');
    await expectSoon(countOf(page, '.round'), 2);
    await expectSoon(countOf(page, '.turn'), 1);
    // The upload itself is given to nobody: what is shown is the picture as the bot took it in.
    expect(await page.locator('.person-picture').getAttribute('src')).toMatch(/^\/images\//);
  });

  it('goes on when the chat comes back', async () => {
    const { page, bot, adapter } = await visit();
    await ask(page, 'make it warmer', photo);
    await expectShown(page, 'make it warmer');
    const { port } = new URL(urlOf(adapter));
    await adapter[Symbol.asyncDispose]();
    await expectShown(page, 'Connecting');
    const again = home?.adapter({
      settings: {
        DATA_DIR: home.folder,
        MAX_IMAGE_MEGABYTES: 2,
        WEB_HOST: '127.0.0.1',
        WEB_PORT: Number(port),
      },
    });
    if (!again || !home) expect.fail('There is no home.');
    const nextBot = new ScriptedBot(again, home.images);
    await again.start(nextBot.receive, call);
    const turn = await nextBot.begin(await bot.message(0), photo);
    await turn.think('Back again.');
    await expectShown(page, 'Back again.');
    await expectSoon(countOf(page, '.person'), 1);
  });

  it('is the same in two windows', async () => {
    const { page, bot } = await visit();
    await ask(page, 'make it warmer', photo);
    const turn = await answer(bot);
    await page.waitForURL(/#[a-z0-9]{16}$/);
    const { page: other } = await openPage(page.url());
    await finish(turn);
    for (const window of [page, other]) {
      await expectShown(window, 'Round 2 of 2 is the answer');
      await expectSoon(countOf(window, '.round'), 2);
    }
    await ask(other, 'a bit less');
    await expectShown(page, 'a bit less');
    expect(await bot.message(1)).toMatchObject({ attachments: [] });
  });
});

describe('pictures', { timeout: 120_000 }, () => {
  it('come by being dropped and by being pasted, and can be left out again', async () => {
    const { page, bot } = await visit();
    const give = (type: string) =>
      page.evaluate(`(() => {
        const files = new DataTransfer();
        const bytes = Uint8Array.from(atob('${Buffer.from(photo.bytes).toString('base64')}'), (c) => c.charCodeAt(0));
        files.items.add(new File([bytes], '${type}.jpg', { type: 'image/jpeg' }));
        const event = '${type}' === 'drop'
          ? new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true })
          : new ClipboardEvent('paste', { clipboardData: files, bubbles: true });
        document.querySelector('#request').dispatchEvent(event);
      })()`);
    await give('drop');
    await give('paste');
    await expectShown(page, 'paste.jpg');
    await page.getByRole('button', { name: 'Remove drop.jpg' }).click();
    await ask(page, 'warmer');
    expect((await bot.message(0)).attachments).toMatchObject([{ name: 'paste.jpg' }]);
  });

  it('are compared, any two of them', async () => {
    const { page, bot } = await visit();
    await ask(page, 'make it warmer', photo);
    await finish(await answer(bot));
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Compare two pictures' });
    await dialog.waitFor();
    const left = dialog.getByLabel('Picture at the left');
    const right = dialog.getByLabel('Picture at the right');
    const labelOf = (select: typeof left) => select.locator('option:checked').innerText();
    expect(await labelOf(left)).toBe('Original');
    expect(await labelOf(right)).toContain('Round 2');
    await left.selectOption({ label: 'Round 1 · make it warmer' });
    const slider = dialog.getByRole('slider');
    expect(await slider.getAttribute('aria-label')).toContain('Round 1 at the left');
    await slider.focus();
    await page.keyboard.press('Home');
    expect(await slider.inputValue()).toBe('0');
    await page.keyboard.press('ArrowRight');
    expect(await slider.getAttribute('aria-valuetext')).toBe('1 % before');
    const box = (await dialog.locator('.slider').boundingBox()) ?? expect.fail('There is none.');
    const across = (share: number) => [box.x + share * box.width, box.y + box.height / 2] as const;
    await page.mouse.move(...across(0.5));
    await page.mouse.down();
    await page.mouse.move(...across(0.25));
    await page.mouse.up();
    await page.mouse.move(...across(0.9));
    expect(await slider.inputValue()).toBe('25');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  it('are a tree, and any of them is gone on from', async () => {
    const { page, bot } = await visit();
    await ask(page, 'make it warmer', photo);
    const turn = await answer(bot);
    await finish(turn);
    const results = page.getByRole('complementary', { name: 'Results' });
    await results.getByRole('button', { name: 'Continue from here: Round 1' }).click();
    expect(await bot.action(0)).toMatchObject({
      action: { action: 'use', turnId: turn.turnId, round: 1 },
      messageId: turn.messageOf('round:1'),
    });
    const message = await bot.message(0);
    await bot.note(message, {
      text: plain('We go on from round 1.'),
      pictures: [
        {
          image: (await home?.images.put(warmer)) ?? expect.fail(),
          alt: plain('Now.'),
          size: 'small',
        },
      ],
      buttons: [],
    });
    await expectSoon(textOf(page, '.next'), containing('Round 1 · make it warmer'));
    await ask(page, 'now in black and white');
    const point = { turnId: turn.turnId, round: 1 };
    const branch = await bot.begin(await bot.message(1), warmer, point);
    await branch.round('Make it grey.', await makePhoto({ saturation: 0 }), reflection());
    await branch.succeed();
    await expectSoon(countOf(page, '.tree[data-branches] > .tree-item'), 2);
    await results.getByRole('button', { name: 'Continue from here: Original' }).click();
    expect(await bot.action(1)).toMatchObject({ action: { action: 'use', round: 0 } });
  });

  it('are downloaded whole, in the format of the source', async () => {
    const { page, bot } = await visit();
    await ask(page, 'make it warmer', photo);
    const turn = await answer(bot);
    const png = await makePhoto({ tint: [1.3, 1, 0.8] });
    await turn.round('Warm it.', png, reflection());
    await turn.succeed();
    const downloading = page.waitForEvent('download');
    await page.locator('.final a[download]').click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('make-it-warmer-result.jpg');
    const { format, width } = await sharp(await download.path()).metadata();
    expect({ format, width }).toEqual({ format: 'jpeg', width: png.width });
  });
});

describe('hostile words', { timeout: 120_000 }, () => {
  const WORDS = [
    '<img src=x onerror="window.hacked = true">',
    '<script>window.hacked = true</script>',
    '**bold** [link](javascript:window.hacked=true) &lt;b&gt;',
    '\u202Egnp.exe \u2066 right to left \u202C',
    'שלום עולם',
    'x'.repeat(4_000),
  ].join('\n');

  it('mean nothing but themselves, wherever they stand', async () => {
    const { page, bot, complaints } = await visit({ viewport: { width: 360, height: 740 } });
    await page
      .locator('input[type=file]')
      .setInputFiles(fileOf(photo, '"><img src=x onerror=alert(1)>.jpg'));
    await page.getByRole('textbox', { name: 'Your request' }).fill(WORDS);
    await page.keyboard.press('Enter');
    const turn = await answer(bot);
    await turn.think(WORDS);
    await turn.plan(WORDS, WORDS);
    await turn.round(WORDS, warmer, { ...reflection(), critique: WORDS });
    await turn.succeed();
    await bot.note(await bot.message(0), {
      text: plain(WORDS),
      pictures: [],
      buttons: [{ action: 'edit', turnId: 'x', label: plain('<b>Edit</b>'), style: 'primary' }],
    });
    await page.getByRole('button', { name: '<b>Edit</b>' }).waitFor();
    expect(await page.evaluate('window.hacked')).toBe(undefined);
    expect(
      await page
        .locator('.thread img[src=x], .thread script, .thread b, .thread a[href^=javascript]')
        .count(),
    ).toBe(0);
    const said = await page.locator('.person-text').innerText();
    expect(said).toContain('<script>window.hacked = true</script>');
    expect(said).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(await problemsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe('a hostile file', { timeout: 120_000 }, () => {
  it('is left to the bot, whose answer is shown', async () => {
    const { page, bot, complaints } = await visit();
    await page.locator('input[type=file]').setInputFiles({
      name: 'page.png',
      mimeType: 'image/png',
      buffer: Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" onload="window.hacked = true"/>',
      ),
    });
    await ask(page, 'warmer');
    const message = await bot.message(0);
    await bot.note(message, { text: plain('That is no picture.'), pictures: [], buttons: [] });
    await expectShown(page, 'That is no picture.');
    expect(await page.evaluate('window.hacked')).toBe(undefined);
    expect(complaints.filter((line) => !line.includes('blob:'))).toEqual([]);
  });

  it('that is too large is said to be so, and does not hold up the rest', async () => {
    const { page, bot } = await visit();
    const large = { name: 'huge.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(2_100_000, 1) };
    await page.locator('input[type=file]').setInputFiles(large);
    await page.getByRole('alert').getByText('Files may have up to 2 MB').waitFor();
    await expectSoon(countOf(page, '.file'), 0);
    await ask(page, 'warmer', photo);
    expect((await bot.message(0)).attachments).toHaveLength(1);
  });
});

describe('for everybody', { timeout: 120_000 }, () => {
  it.each([
    ['wide and light', { viewport: { width: 1_280, height: 860 }, colorScheme: 'light' }],
    ['wide and dark', { viewport: { width: 1_280, height: 860 }, colorScheme: 'dark' }],
    [
      'a phone, light',
      { viewport: { width: 360, height: 740 }, hasTouch: true, colorScheme: 'light' },
    ],
    [
      'a phone, dark',
      { viewport: { width: 360, height: 740 }, hasTouch: true, colorScheme: 'dark' },
    ],
  ] as const)('has names, contrast and room: %s', async (_what, options) => {
    const { page, bot } = await visit(options);
    await expectShown(page, 'What shall we change?');
    expect(await problemsOf(page)).toEqual([]);
    await ask(page, 'make it warmer', photo);
    const turn = await answer(bot);
    await turn.think('The light is cold.');
    await expectShown(page, 'The light is cold.');
    expect(await problemsOf(page)).toEqual([]);
    await finish(turn);
    await expectShown(page, 'Round 2 of 2 is the answer');
    expect(await problemsOf(page)).toEqual([]);
    if (!(await page.locator('#results').isVisible())) {
      await page.getByRole('button', { name: /^Results/ }).click();
    }
    await page.locator('#results .node').first().waitFor();
    expect(await problemsOf(page)).toEqual([]);
  });

  it('works by the keyboard alone', async () => {
    const { page, bot } = await visit();
    await page.locator('input[type=file]').setInputFiles(fileOf(photo));
    await page.keyboard.type('make it warmer');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('and brighter');
    await page.keyboard.press('Enter');
    expect(await bot.message(0)).toMatchObject({ text: 'make it warmer\nand brighter' });
    const turn = await answer(bot);
    await turn.think('Hm.');
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await tabTo(page, 'Stop');
    await page.keyboard.press('Enter');
    expect((await bot.action(0)).action.action).toBe('stop');
    await finish(turn);
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    await tabTo(page, 'Compare Round 1 with the picture before it');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('ArrowLeft');
    expect(await page.getByRole('dialog').getByRole('slider').inputValue()).toBe('49');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await focused(page)).toBe('Compare Round 1 with the picture before it');
    await tabTo(page, 'Undo');
    await page.keyboard.press('Space');
    expect((await bot.action(1)).action.action).toBe('undo');
  });

  it('tells those who listen what happens, and not every step', async () => {
    const { page, bot } = await visit();
    await ask(page, 'make it warmer', photo);
    const turn = await answer(bot);
    await turn.think('Hm.');
    await expectSoon(textOf(page, '#announcements'), containing('Thinking'));
    await turn.plan('Hm.', 'Warm it.');
    await turn.step(1, 1, 8);
    await expectSoon(textOf(page, '#announcements'), 'Round 1: editing');
    await turn.round('Warm it.', warmer, reflection());
    await expectSoon(
      textOf(page, '#announcements'),
      containing('Success: this is what was asked for.'),
    );
    await turn.succeed();
    await expectSoon(textOf(page, '#announcements'), containing('Here it is.'));
  });

  it('has its drawers on a phone, which take the focus and give it back', async () => {
    const { page, bot } = await visit({ viewport: { width: 360, height: 740 } });
    await ask(page, 'make it warmer', photo);
    await finish(await answer(bot));
    await page.getByRole('button', { name: /^Results/ }).click();
    await expectSoon(() => focused(page), 'Close the results');
    await page.keyboard.press('Escape');
    await expectSoon(() => focused(page), containing('Results'));
    await page.getByRole('button', { name: 'Threads' }).click();
    await page.getByRole('link', { name: 'New thread' }).click();
    await expectShown(page, 'What shall we change?');
  });
});

/** What has the focus, by its name. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(
    `document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent`,
  );

async function tabTo(page: Page, name: string): Promise<void> {
  for (let count = 0; count < 80; count += 1) {
    await page.keyboard.press('Tab');
    if ((await focused(page)) === name) return;
  }
  expect.fail(`The keyboard does not reach ${name}.`);
}

describe('threads', { timeout: 120_000 }, () => {
  it('are listed, opened by their address, and deleted', async () => {
    const { page, bot } = await visit();
    await ask(page, 'the first', photo);
    await (await answer(bot)).decline('I can’t do that.');
    await expectShown(page, 'I can’t do that.');
    await page.getByRole('link', { name: 'New thread' }).click();
    await ask(page, 'the second');
    await expectSoon(countOf(page, '.entry'), 2);
    expect((await bot.message(1)).place.thread).not.toBe((await bot.message(0)).place.thread);
    await page.getByRole('link', { name: /the first/ }).click();
    await expectShown(page, 'I can’t do that.');
    expect(await page.title()).toBe('the first · reasonedit');
    await page.goBack();
    await expectSoon(textOf(page, '.head-title'), 'the second');
    page.on('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: 'Delete the thread the second' }).click();
    await expectSoon(countOf(page, '.entry'), 1);
    await expectShown(page, 'What shall we change?');
  });
});

describe('a chat with a token', { timeout: 120_000 }, () => {
  it('asks for it once', async () => {
    const { page, bot } = await visit({}, { WEB_TOKEN: 'a token that nobody guesses' });
    await page.getByLabel('Enter the WEB_TOKEN').fill('something else');
    await page.keyboard.press('Enter');
    await expectShown(page, 'That is not the token.');
    await page.getByLabel('Enter the WEB_TOKEN').fill('a token that nobody guesses');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await ask(page, 'make it warmer', photo);
    await bot.message(0);
    await page.reload();
    await expectShown(page, 'make it warmer');
    expect(await page.evaluate('document.cookie')).toBe('');
  });
});
