import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

/** A disk can be mounted by root alone, and not in every container. */
export const canMount = ((): boolean => {
  try {
    unmount(mount(64));
    return true;
  } catch {
    return false;
  }
})();

/** A disk of its own for a test, of a few kilobytes. */
export function tinyDisk(kilobytes: number): string {
  const folder = mount(kilobytes);
  onTestFinished(() => unmount(folder));
  return folder;
}

function mount(kilobytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'reasonedit-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder], {
      stdio: 'ignore',
    });
  } catch (error) {
    rmdirSync(folder);
    throw error;
  }
  return folder;
}

function unmount(folder: string): void {
  execFileSync('umount', ['-l', folder]);
  rmdirSync(folder);
}
