import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { sniff } from '../../src/image/sniff.ts';
import { fixture, latin1, oneOfEach } from './pictures.ts';

/** The first box of an ISO base media file, with these brands. */
function fileType(major: string, ...compatible: string[]): Buffer {
  const content = [major, '\0\0\0\0', ...compatible].join('');
  const box = latin1(`\0\0\0\0ftyp${content}`);
  box.writeUInt32BE(box.length, 0);
  return Buffer.concat([box, Buffer.alloc(16)]);
}

describe('sniff', () => {
  it('tells each format from a real file', async () => {
    for (const [format, bytes] of Object.entries(await oneOfEach())) {
      expect(sniff(bytes)).toEqual({ kind: 'image', format });
    }
    expect(sniff(fixture('animated.avif'))).toEqual({ kind: 'image', format: 'avif' });
  });

  it.each([
    ['II*\0\x08\0\0\0', 'tiff'],
    ['MM\0*\0\0\0\x08', 'tiff'],
    ['II+\0\x08\0\0\0', 'tiff'],
    ['MM\0+\0\x08\0\0', 'tiff'],
    ['GIF87a', 'gif'],
    ['RIFF\0\0\0\0WEBPVP8 ', 'webp'],
  ])('takes %j for %s', (start, format) => {
    expect(sniff(latin1(start))).toEqual({ kind: 'image', format });
  });

  it.each([
    ['heic', ['mif1'], 'heic'],
    ['heix', [], 'heic'],
    ['hevc', ['msf1'], 'heic'],
    ['hevx', [], 'heic'],
    ['heim', [], 'heic'],
    ['heis', [], 'heic'],
    ['mif1', ['heic'], 'heic'],
    ['mif1', [], 'heic'],
    ['msf1', ['hevc', 'mif1'], 'heic'],
    ['mif1', ['miaf', 'avif'], 'avif'],
    ['msf1', ['avis'], 'avif'],
    ['avif', ['mif1', 'heic'], 'avif'],
    ['avis', [], 'avif'],
  ] as const)('tells major brand %s with %j as %s', (major, compatible, format) => {
    expect(sniff(fileType(major, ...compatible))).toEqual({ kind: 'image', format });
  });

  it.each([
    ['<!DOCTYPE html><html><body>404</body></html>', 'an HTML page'],
    ['\n  <html lang="en">', 'an HTML page'],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'an SVG drawing'],
    ['\xEF\xBB\xBF<?xml version="1.0"?>\n<!-- made by hand -->\n<svg width="1">', 'an SVG drawing'],
    ['%PDF-1.7\n', 'a PDF document'],
    ['PK\x03\x04\x14\0', 'a ZIP archive or an office document'],
    ['\x1A\x45\xDF\xA3\x01', 'a video'],
    ['RIFF\0\0\0\0AVI LIST', 'a video'],
    ['Just some words,\nnamed picture.jpg\n', 'a text file'],
    ['{"error":"not found"}', 'a text file'],
    ['BM\x36\0\0\0', 'a BMP file'],
    ['8BPS\0\x01', 'a Photoshop document'],
  ])('knows what %j is', (content, looksLike) => {
    expect(sniff(latin1(content))).toEqual({ kind: 'unsupported', looksLike });
  });

  it('takes other box files for videos and camera raw files', () => {
    expect(sniff(fileType('isom', 'mp41'))).toMatchObject({ looksLike: 'a video' });
    expect(sniff(fileType('qt  '))).toMatchObject({ looksLike: 'a video' });
    expect(sniff(fileType('crx '))).toMatchObject({ looksLike: 'a camera raw file' });
  });

  it('does not guess about what could be anything', () => {
    for (const bytes of [[0xff], [0, 0, 0, 0], [0xff, 0xd8], [0x89, 0x50]]) {
      expect(sniff(Uint8Array.from(bytes))).toEqual({ kind: 'unsupported' });
    }
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => void sniff(bytes)));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 32 }), (tail) => {
        sniff(Buffer.concat([latin1('\0\0\0\x18ftyp'), tail]));
      }),
    );
  });
});
