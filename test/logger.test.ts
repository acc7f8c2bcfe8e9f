import { describe, expect, it } from 'vitest';

import { AppError, toAppError } from '../src/errors.ts';
import { createLogger } from '../src/logger.ts';

describe('the log', () => {
  const lines: string[] = [];
  const log = createLogger({ write: (line) => void lines.push(line) });
  const last = (): unknown => JSON.parse(lines.at(-1) ?? '');

  it('is a line of JSON for each thing that happened', () => {
    log.info('connected', { platform: 'web' });
    expect(last()).toEqual({
      level: 30,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
      platform: 'web',
      msg: 'connected',
    });
  });

  it('tells a failure by its code and sentence', () => {
    log.fault('a delivery failed', new AppError('RATE_LIMITED', 'Too many calls.'), {
      turnId: 't',
    });
    expect(last()).toMatchObject({ code: 'RATE_LIMITED', message: 'Too many calls.', turnId: 't' });
  });

  it('says of foreign errors where they came from, and nothing that they may quote', () => {
    const secret = 'make the face of Ann greener';
    const foreign = Object.assign(new TypeError(secret), { code: 'ERR_ODD' });
    log.fault('a message failed', toAppError(foreign));
    expect(last()).toMatchObject({
      code: 'INTERNAL',
      cause: 'TypeError',
      causeCode: 'ERR_ODD',
      at: expect.stringContaining('logger.test.ts') as string,
    });
    expect(lines.join('\n')).not.toContain(secret);
    log.fault('a run failed', new AppError('INTERNAL', 'Oh.', { cause: secret }));
    expect(lines.join('\n')).not.toContain(secret);
  });
});
