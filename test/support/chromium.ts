import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import { chromium, type Browser } from 'playwright-core';

const PACKAGED = '/usr/bin/chromium';

/** Debian's Chromium, which is installed where there is none. */
export async function startChromium(): Promise<Browser> {
  if (!existsSync(PACKAGED)) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const install = ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'];
    for (const command of [['update'], install]) {
      execFileSync('apt-get', command, { stdio: 'inherit', env });
    }
  }
  // Its sandbox does not work for root.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: PACKAGED, args });
}
