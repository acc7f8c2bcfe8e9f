import { describe, expect, it } from 'vitest';

import { reasonOf } from '../../src/bots/reason.ts';
import { sentencesFor } from '../../src/bots/sentences.ts';
import { AppError } from '../../src/errors.ts';

describe('why something did not come to be', () => {
  const lack = new AppError('NOT_PERMITTED', 'I lack the permission “files:read”.');

  it('is said in the words of the bot', () => {
    const { failures } = sentencesFor('de');
    const gone = new AppError('IMAGE_NOT_FOUND', 'F1 is gone.');
    expect(reasonOf(gone, sentencesFor('de'))).toBe(failures.IMAGE_NOT_FOUND);
  });

  it('names what the bot lacks, in every language', () => {
    expect(reasonOf(lack, sentencesFor('en'))).toBe(lack.message);
    const german = sentencesFor('de');
    expect(reasonOf(lack, german)).toBe(`${german.failures.NOT_PERMITTED} ${lack.message}`);
  });
});
