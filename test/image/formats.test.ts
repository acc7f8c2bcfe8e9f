import { describe, expect, it } from 'vitest';

import { fileExtension, resultFormatOf } from '../../src/image/formats.ts';
import { IMAGE_FORMATS } from '../../src/image/types.ts';

describe('formats', () => {
  it('names files as people do', () => {
    expect(IMAGE_FORMATS.map(fileExtension)).toEqual([
      'jpg',
      'png',
      'webp',
      'avif',
      'gif',
      'tiff',
      'heic',
    ]);
  });

  it('answers in the format of the source, and to HEIC in JPEG', () => {
    for (const format of IMAGE_FORMATS) {
      expect(resultFormatOf(format)).toBe(format === 'heic' ? 'jpeg' : format);
    }
  });
});
