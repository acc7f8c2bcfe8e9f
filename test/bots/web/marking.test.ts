import { readFile } from 'node:fs/promises';

import type { Browser, BrowserContextOptions, Locator, Page, Route } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { plain } from '../../../src/bots/plain-text.ts';
import type { WebAdapter } from '../../../src/bots/web/adapter.ts';
import { toMask } from '../../../src/image/mask.ts';
import type { EncodedImage } from '../../../src/image/types.ts';
import { startChromium } from '../../support/chromium.ts';
import { leftHalf } from '../../support/masks.ts';
import { makePhoto } from '../../support/photos.ts';
import { ScriptedBot } from '../../support/scripted-bot.ts';
import { reflection } from '../../support/turns.ts';
import { openWebHome, urlOf, type WebHome } from '../../support/web-home.ts';

const call = { signal: new AbortController().signal };
const CHECKS = new URL('../../support/page-checks.mjs', import.meta.url);
const PATIENCE_MS = 20_000;

let browser: Browser;
let home: WebHome;
let adapter: WebAdapter;
let bot: ScriptedBot;
let page: Page;
let photo: EncodedImage;
let complaints: string[];

beforeAll(async () => {
  browser = await startChromium();
  photo = await makePhoto({ format: 'jpeg' });
}, 300_000);
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await home[Symbol.asyncDispose]();
});
afterAll(() => browser.close());

async function visit(options: BrowserContextOptions = {}): Promise<void> {
  home = await openWebHome();
  adapter = home.adapter();
  bot = new ScriptedBot(adapter, home.images);
  await adapter.start(bot.receive, call);
  const context = await browser.newContext({ viewport: { width: 1_280, height: 860 }, ...options });
  page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(urlOf(adapter));
}

const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
const overlay = (): Locator => page.getByRole('dialog', { name: 'Mark where to change' });
const hint = (): Promise<string> => overlay().getByRole('status').innerText();

async function add(image: EncodedImage, name = 'hill.jpg'): Promise<void> {
  const buffer = Buffer.from(image.bytes);
  const file = { name, mimeType: `image/${image.format}`, buffer };
  await page.locator('input[type=file]').setInputFiles(file);
}

async function openOverlay(): Promise<void> {
  await button('Mark where to change').click();
  await overlay().waitFor();
}

/** The mask is there once the overlay is gone; until then nothing behind it can be written in. */
async function finish(): Promise<void> {
  await button('Done').click();
  await overlay().waitFor({ state: 'hidden' });
}

type Place = readonly [x: number, y: number];

/** Along places of the picture, each in shares of its width and height. */
async function paint(first: Place, ...others: readonly Place[]): Promise<void> {
  const box = (await page.locator('.marker-stage').boundingBox()) ?? expect.fail('There is none.');
  const at = ([x, y]: Place) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(first));
  await page.mouse.down();
  for (const place of others) await page.mouse.move(...at(place), { steps: 4 });
  await page.mouse.up();
}

async function send(text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Your request' }).fill(text);
  await page.keyboard.press('Enter');
}

/** The attachments of a message, by name. */
async function received(index: number): Promise<Record<string, Uint8Array>> {
  const { attachments } = await bot.message(index);
  const files: Record<string, Uint8Array> = {};
  for (const attachment of attachments) {
    files[attachment.name] = await adapter.fetchAttachment(attachment, { maxBytes: 2e6 }, call);
  }
  return files;
}

interface Mask {
  readonly width: number;
  readonly height: number;
  readonly levels: readonly number[];
  readonly at: (place: Place) => number | undefined;
}

async function maskOf(files: Record<string, Uint8Array>): Promise<Mask> {
  const bytes = files['mask.png'] ?? expect.fail('There is no mask.');
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return {
    width,
    height,
    levels: [...new Set(data)].toSorted((one, other) => one - other),
    at: ([x, y]) => data[channels * (Math.floor(y * height) * width + Math.floor(x * width))],
  };
}

async function expectSoon(look: () => unknown, expected: unknown): Promise<void> {
  const options = { timeout: PATIENCE_MS, interval: 50 };
  await vi.waitFor(async () => expect(await look()).toEqual(expected), options);
}

describe('marking', { timeout: 120_000 }, () => {
  it('sends a mask that is white where it was painted, and shows it with the message', async () => {
    await visit();
    await add(photo);
    await openOverlay();
    await paint([0.3, 0.5], [0.7, 0.5]);
    await finish();
    await page.locator('.file-mark').waitFor();
    await send('make it warmer');
    const files = await received(0);
    expect(Object.keys(files)).toEqual(['hill.jpg', 'mask.png']);
    const mask = await maskOf(files);
    expect(mask.width / mask.height).toBeCloseTo(photo.width / photo.height, 1);
    expect(mask.levels).toEqual([0, 255]);
    expect(mask.at([0.5, 0.5])).toBe(255);
    for (const place of [
      [0.5, 0.1],
      [0.1, 0.5],
      [0.9, 0.5],
      [0.5, 0.9],
    ] as const) {
      expect(mask.at(place), String(place)).toBe(0);
    }
    await expectSoon(() => page.locator('.file').count(), 0);

    const drawing = { ...photo, bytes: files['mask.png'] ?? expect.fail() };
    const turn = await bot.begin(
      await bot.message(0),
      photo,
      undefined,
      await toMask(drawing, call),
    );
    const shown = page.locator('.person');
    await shown.getByText('Marked area').waitFor();
    await page.reload();
    await shown.getByText('Marked area').waitFor();
    await expectSoon(
      () =>
        page.evaluate(`[...document.querySelectorAll('.person img')]
        .map(({ complete, naturalWidth }) => complete && naturalWidth > 0)`),
      [true, true, true],
    );
    await turn.round('Warm it.', photo, reflection());
    await turn.succeed();
    await expectSoon(() => page.locator('.node').count(), 2);

    // It was for that message alone, and the next is for the result.
    await openOverlay();
    expect(await hint()).toContain('Nothing is marked');
    await paint([0.2, 0.2]);
    await finish();
    await page.locator('.file-mark').waitFor();
    await send('brighter');
    const next = await received(1);
    expect(Object.keys(next)).toEqual(['mask.png']);
    expect((await maskOf(next)).at([0.2, 0.2])).toBe(255);
    expect(complaints).toEqual([]);
  });

  it('is done over, taken back, rubbed out and wiped away', async () => {
    await visit();
    await add(photo);
    await openOverlay();
    await paint([0.2, 0.2], [0.8, 0.2]);
    await paint([0.2, 0.8], [0.8, 0.8]);
    await button('Eraser').click();
    await paint([0.5, 0], [0.5, 0.5]);
    await finish();
    await button('Change the marked area').click();
    await page.keyboard.press('Control+z');
    await button('Undo').click();
    await button('Eraser').click();
    await paint([0.35, 0], [0.35, 0.5]);
    await finish();
    await page.locator('.file-mark').waitFor();
    await send('warmer');
    const mask = await maskOf(await received(0));
    expect([0.25, 0.35, 0.5].map((x) => mask.at([x, 0.2]))).toEqual([255, 0, 255]);
    expect(mask.at([0.5, 0.8])).toBe(0);

    await add(photo);
    await openOverlay();
    await paint([0.5, 0.5]);
    await button('Clear').click();
    expect(await hint()).toContain('Nothing is marked');
    await button('Undo').click();
    expect(await hint()).toMatch(/% is marked/);
    await button('Clear').click();
    await finish();
    await send('cooler');
    expect(Object.keys(await received(1))).toEqual(['hill.jpg']);
    expect(complaints).toEqual([]);
  });

  it('is not mistaken for a picture that is called a mask', async () => {
    await visit();
    const logo = await leftHalf(120, 80);
    await add(logo, 'mask logo.png');
    await openOverlay();
    await paint([0.8, 0.5]);
    await finish();
    await page.locator('.file-mark').waitFor();
    await send('make it blue');
    const message = await bot.message(0);
    expect(message.attachments).toMatchObject([
      { name: 'mask logo.png', isMask: false },
      { name: 'mask.png', isMask: true },
    ]);
    await bot.begin(message, logo, undefined, await leftHalf(60, 40));
    await page.locator('.person-mask').waitFor();
    expect(await page.locator('.person img.person-picture').count()).toBe(1);

    await add(logo, 'mask.png');
    await send('make it green');
    expect((await bot.message(1)).attachments[0]).not.toHaveProperty('isMask');
    expect(complaints).toEqual([]);
  });

  it('changes nothing when it is cancelled, and goes with the whole picture or the chip', async () => {
    await visit();
    await add(photo);
    await openOverlay();
    await paint([0.5, 0.5]);
    await page.keyboard.press('Escape');
    await overlay().waitFor({ state: 'hidden' });
    expect(await page.locator('.file-mark').count()).toBe(0);
    await openOverlay();
    await paint([0.5, 0.5]);
    await finish();
    await button('Change the marked area').click();
    await button('Whole picture').click();
    await expectSoon(() => page.locator('.file-mark').count(), 0);
    await openOverlay();
    await paint([0.5, 0.5]);
    await finish();
    await button('Remove the marked area').click();
    await send('warmer');
    expect(Object.keys(await received(0))).toEqual(['hill.jpg']);
    expect(complaints).toEqual([]);
  });

  it('is dropped, and said to be, where another picture is to be edited', async () => {
    await visit();
    const gone = page.getByRole('alert').getByText('The marked area is gone');
    const mark = async () => {
      await openOverlay();
      await paint([0.5, 0.5]);
      await finish();
      await page.locator('.file-mark').waitFor();
    };
    await add(photo);
    await mark();
    await button('Remove hill.jpg').click();
    await gone.waitFor();
    expect(await page.locator('.file').count()).toBe(0);

    await add(photo);
    await send('warmer');
    const message = await bot.message(0);
    const turn = await bot.begin(message, photo);
    await turn.round('Warm it.', await makePhoto({ tint: [1.3, 1, 0.8] }), reflection());
    await turn.succeed();
    await mark();
    const image = await home.images.put(photo);
    await bot.note(message, {
      text: plain('Back at the original.'),
      pictures: [{ image, alt: plain('Now.'), size: 'small' }],
      buttons: [],
    });
    await expectSoon(() => page.locator('.file-mark').count(), 0);
    await gone.waitFor();
    await send('cooler');
    expect(await received(1)).toEqual({});
    expect(complaints).toEqual([]);
  });

  it('is said to be dropped beside what became of its picture', async () => {
    await visit();
    const refusal = { code: 'IMAGE_TOO_LARGE', message: 'That picture is too large.' };
    let refuse = () => {};
    const isMarked = new Promise<void>((resolve) => (refuse = resolve));
    const answer = async (route: Route) => {
      await isMarked;
      await route.fulfill({ status: 422, json: refusal });
    };
    await page.route('**/api/uploads', answer, { times: 1 });
    await add(photo);
    await openOverlay();
    await paint([0.5, 0.5]);
    await finish();
    await page.locator('.file-mark').waitFor();
    refuse();
    const alerts = page.getByRole('alert');
    await alerts.getByText(refusal.message).waitFor();
    await alerts.getByText('The marked area is gone').waitFor();
    expect(await page.locator('.file').count()).toBe(0);
  });

  it('is done by keys alone, which give the focus back', async () => {
    await visit();
    await add(photo);
    await button('Mark where to change').focus();
    await page.keyboard.press('Enter');
    await overlay().waitFor();
    for (let count = 0; count < 4; count += 1) await page.keyboard.press('ArrowUp');
    expect(await hint()).toMatch(/^The brush is 50 % across and \d+ % down/);
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowRight');
    expect(await hint()).toMatch(/% is marked/);
    const names: unknown[] = [];
    for (let count = 0; count < 9; count += 1) {
      await page.keyboard.press('Tab');
      names.push(await page.evaluate('document.activeElement.textContent'));
    }
    expect(names.join(' ')).toMatch(/Brush.*Eraser.*Undo.*Clear.*Whole picture.*Cancel.*Done/);
    await page.keyboard.press('Escape');
    await overlay().waitFor({ state: 'hidden' });
    const focused = 'document.activeElement.getAttribute("aria-label")';
    expect(await page.evaluate(focused)).toBe('Mark where to change');
    expect(complaints).toEqual([]);
  });

  it.each(['light', 'dark'] as const)(
    'has names, contrast and room on a phone, where fingers paint: %s',
    async (colorScheme) => {
      await visit({ viewport: { width: 360, height: 740 }, hasTouch: true, colorScheme });
      await add(photo);
      await openOverlay();
      await page.locator('.marker-stage').tap();
      await expectSoon(hint, expect.stringMatching(/% is marked/));
      const checks = await readFile(CHECKS, 'utf8');
      expect(await page.evaluate(checks)).toEqual([]);
      await finish();
      await page.locator('.file-mark').waitFor();
      expect(await page.evaluate(checks)).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );
});
