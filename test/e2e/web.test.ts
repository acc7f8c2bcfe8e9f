import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { renderScene } from '../../src/demo/scene.ts';
import { startChromium } from '../support/chromium.ts';
import { Product } from '../support/product.ts';

const PATIENCE_MS = 60_000;

let browser: Browser;
let product: Product;
let page: Page;
let photo: Buffer;
let complaints: string[];

beforeAll(async () => {
  browser = await startChromium();
  photo = Buffer.from((await renderScene()).bytes);
}, 300_000);
beforeEach(async () => {
  product = await Product.start();
  await product.says(/is the answer/);
  complaints = [];
  page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(product.url);
}, 120_000);
afterEach(async () => {
  await page.close();
  await product[Symbol.asyncDispose]();
});
afterAll(() => browser.close());

async function ask(text: string, file?: { readonly name: string; readonly bytes: Buffer }) {
  if (file) {
    const picture = { name: file.name, mimeType: 'image/jpeg', buffer: file.bytes };
    await page.locator('input[type=file]').setInputFiles(picture);
  }
  await page.getByRole('textbox', { name: 'Your request' }).fill(text);
  await page.keyboard.press('Enter');
}

const answers = () => page.getByRole('region', { name: 'Result', exact: true });
const shown = (text: string | RegExp) => page.getByText(text).last().waitFor();

/** The answer with this number, 1 for the first, as a file. */
async function download(number: number): Promise<Buffer> {
  const answer = answers().nth(number - 1);
  await answer.waitFor();
  const downloading = page.waitForEvent('download');
  await answer.locator('a[download]').click();
  const path = await (await downloading).path();
  return sharp(path).toBuffer();
}

const sizeOf = async (file: Buffer) => {
  const { width, height } = await sharp(file).metadata();
  return { width, height };
};

/** Mean lightness of the upper half, 0 to 255: fog is there, and bright. */
async function hazeOf(file: Buffer): Promise<number> {
  const { width, height } = await sizeOf(file);
  const upper = { left: 0, top: 0, width, height: Math.floor(height / 2) };
  const { channels } = await sharp(file).extract(upper).greyscale().stats();
  return channels[0]?.mean ?? 0;
}

describe('the bot in the browser', { timeout: 180_000 }, () => {
  it('has an example ready, edits a photo, and goes on talking about it', async () => {
    expect(product.output).toMatch(/Thinking\n {2}I see a picture[^]*Round 2[^]*verdict +success/);
    await page.getByRole('link', { name: /Fix the white balance/ }).click();
    await answers().waitFor();
    await page.getByRole('link', { name: 'New thread' }).click();

    await ask('make it look like a foggy morning', { name: 'lake.jpg', bytes: photo });
    const foggy = await download(1);
    expect(await sizeOf(foggy)).toEqual(await sizeOf(photo));
    expect(await hazeOf(foggy)).toBeGreaterThan((await hazeOf(photo)) + 10);

    await ask('less fog');
    const lessFoggy = await download(2);
    expect(await hazeOf(lessFoggy)).toBeLessThan(await hazeOf(foggy));

    await ask('undo');
    await shown('Back at this one.');
    await ask('now crop it to 16:9');
    const cropped = await download(3);
    const { width, height } = await sizeOf(cropped);
    expect(width / height).toBeCloseTo(16 / 9, 2);
    expect(await hazeOf(cropped)).toBeGreaterThan((await hazeOf(photo)) + 10);

    const results = page.getByRole('complementary', { name: 'Results' });
    await results
      .getByRole('button', { name: /^Continue from here: Original/ })
      .first()
      .click();
    await ask('make it black and white');
    const grey = await download(4);
    const { channels } = await sharp(grey).stats();
    expect(channels[0]?.mean).toBeCloseTo(channels[2]?.mean ?? 0, 0);
    expect(await sizeOf(grey)).toEqual(await sizeOf(photo));
    expect(complaints).toEqual([]);
  });

  it('edits only where a picture is marked', async () => {
    const png = await sharp(photo).png({ compressionLevel: 1 }).toBuffer();
    const picture = { name: 'lake.png', mimeType: 'image/png', buffer: png };
    await page.locator('input[type=file]').setInputFiles(picture);
    await page.getByRole('button', { name: 'Mark where to change' }).click();
    const box =
      (await page.locator('.marker-stage').boundingBox()) ?? expect.fail('There is none.');
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + 0.25 * box.width, y);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.75 * box.width, y, { steps: 5 });
    await page.mouse.up();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Change the marked area' }).waitFor();
    await ask('make it black and white');
    const result = await download(1);
    const { data: before, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    const after = await sharp(result).raw().toBuffer();
    expect(after).toHaveLength(before.length);
    const { width, height, channels } = info;
    const top = Math.floor(height / 2 - 0.05 * width);
    const bottom = Math.ceil(height / 2 + 0.05 * width);
    const [left, right] = [Math.floor(0.2 * width), Math.ceil(0.8 * width)];
    let outside = 0;
    let changed = 0;
    for (let at = 0; at < before.length; at += 1) {
      if (before[at] === after[at]) continue;
      const column = Math.floor(at / channels) % width;
      const row = Math.floor(at / channels / width);
      changed += 1;
      if (column < left || column > right || row < top || row > bottom) outside += 1;
    }
    expect(outside).toBe(0);
    expect(changed / before.length).toBeGreaterThan(0.02);
    const at = channels * (Math.floor(height / 2) * width + Math.floor(width / 2));
    expect(after[at]).toBe(after[at + 1]);
    await page.locator('.person').getByText('Marked area').waitFor();
    expect(complaints).toEqual([]);
  });

  it('says what is wrong with a file, and goes on with the next', async () => {
    await ask('make it warmer', {
      name: 'photo.jpg',
      bytes: Buffer.from('<script>alert(1)</script>'),
    });
    await shown(/can’t read that kind of file/);
    await ask('', { name: 'lake.jpg', bytes: photo });
    expect(await sizeOf(await download(1))).toEqual(await sizeOf(photo));
  });

  it('loses nothing when it is killed in the middle of an edit, and is there again by itself', async () => {
    await ask('make it warmer and denoise it', { name: 'lake.jpg', bytes: photo });
    await shown(/^Round 1: /);
    await product.kill();
    await shown('Connecting');
    await product.start();
    await download(1);
    expect(await page.locator('.turn').count()).toBe(1);
    expect(await answers().count()).toBe(1);
    expect(product.output).not.toContain('For a first look');
    await ask('a bit less');
    await download(2);
    expect(await product.kill('SIGTERM')).toBe(143);
    await product.start();
    await page.reload();
    await answers().nth(1).waitFor();
    expect(await page.locator('.person').count()).toBe(2);
  });
});
