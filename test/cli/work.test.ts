import { describe, expect, it } from 'vitest';

import { parseCommand } from '../../src/cli/args.ts';
import { runMain, temporaryFolder } from '../support/command-line.ts';

describe('reasonedit worker', () => {
  it('takes no arguments', () => {
    expect(parseCommand(['worker'])).toEqual({ name: 'worker' });
    expect(() => parseCommand(['worker', 'darkroom'])).toThrow(/"worker" takes no arguments/);
  });

  it('says that it needs a Redis', async () => {
    const { code, stdout, stderr } = await runMain(['worker'], { cwd: await temporaryFolder() });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^reasonedit: A worker gets its work from Redis: set REDIS_URL\./);
  });

  it('says which engine can not be had', async () => {
    const env = { REDIS_URL: 'redis://127.0.0.1:1', ENGINE: 'nowhere' };
    const { code, stderr } = await runMain(['worker'], { cwd: await temporaryFolder(), env });
    expect(code).toBe(2);
    expect(stderr).toContain('There is no engine "nowhere"');
  });
});
