// Takes the README's picture of the chat from the running product: `npm run pictures`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const HERE = fileURLToPath(new URL('.', import.meta.url));
/** Debian's; set CHROMIUM to another. */
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const QUALITY = 86;

const folder = mkdtempSync(join(tmpdir(), 'reasonedit-pictures-'));
const bot = spawn(process.execPath, [MAIN, 'start'], {
  cwd: folder,
  env: { ...process.env, DATA_DIR: folder, WEB_PORT: '0' },
  stdio: ['ignore', 'pipe', 'ignore'],
});
try {
  let output = '';
  bot.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  while (!output.includes('is the answer')) await once(bot.stdout, 'data');
  const [, url] = /at (http\S+#\w+)/.exec(output) ?? [];
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args });
  try {
    await takeThread(browser, url);
  } finally {
    await browser.close();
  }
} finally {
  bot.kill();
  await once(bot, 'exit');
  rmSync(folder, { recursive: true });
}

/** The example and a follow-up, in the light; on a phone in the dark. */
async function takeThread(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1_360, height: 920 } });
  await page.goto(url);
  await page.getByRole('textbox', { name: 'Your request' }).fill('now make it a foggy morning');
  await page.keyboard.press('Enter');
  const answers = page.getByRole('region', { name: 'Result', exact: true });
  await answers.nth(1).waitFor();
  await page.waitForTimeout(1_500);
  await page.screenshot({ path: join(HERE, 'web.jpg'), type: 'jpeg', quality: QUALITY });

  const phone = await browser.newPage({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    colorScheme: 'dark',
  });
  await phone.goto(url);
  await phone.getByRole('region', { name: 'Result', exact: true }).nth(1).waitFor();
  await phone.waitForTimeout(1_500);
  await phone.screenshot({ path: join(HERE, 'web-phone.jpg'), type: 'jpeg', quality: QUALITY });
}
