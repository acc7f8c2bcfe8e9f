import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { parseCommand } from '../../src/cli/args.ts';
import { parseSettings, SETTING_NAMES } from '../../src/config/index.ts';
import { assignmentsIn, deployFile } from './files.ts';

const UNITS = ['reasonedit-bots.service', 'reasonedit-worker@.service'];

const hasSystemd = (): boolean => {
  try {
    execFileSync('systemd-analyze', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

describe.each(UNITS)('%s', (name) => {
  it('sets settings that there are, to values that they take', async () => {
    const settings = assignmentsIn(await deployFile(`systemd/${name}`), /^Environment=/);
    expect([...SETTING_NAMES, 'NODE_ENV']).toEqual(expect.arrayContaining([...settings.keys()]));
    const values = [...settings].map(([key, value]) => [key, value.replaceAll('%i', '1')]);
    expect(() => parseSettings(Object.fromEntries(values))).not.toThrow();
  });

  it('runs a command that there is', async () => {
    const unit = await deployFile(`systemd/${name}`);
    const [, args = ''] = /^ExecStart=\S+ dist\/main\.js (.+)$/m.exec(unit) ?? [];
    expect(() => parseCommand(args.split(' '))).not.toThrow();
  });

  it('leaves a round in hand the time that it may take', async () => {
    const [, seconds] = /^TimeoutStopSec=(\d+)$/m.exec(await deployFile(`systemd/${name}`)) ?? [];
    expect(Number(seconds)).toBeGreaterThanOrEqual(parseSettings({}).SHUTDOWN_SECONDS + 10);
  });

  it.runIf(hasSystemd())('is understood by systemd', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'reasonedit-unit-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, name.replace('@', '@0'));
    // It looks for the program as well, wherever this machine has it.
    const unit = (await deployFile(`systemd/${name}`)).replaceAll(
      '/usr/bin/node',
      process.execPath,
    );
    await writeFile(path, unit);
    const said = execFileSync('systemd-analyze', ['verify', path], { stdio: 'pipe' });
    expect(said.toString()).toBe('');
  });
});
