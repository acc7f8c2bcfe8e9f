import { formatName, type FileForm, type ResultFormat } from '../../../../image/formats.ts';
import { fileWordsIn } from '../language/file-words.ts';
import type { Operation } from '../operation.ts';
import { decimal, integer, oneOf, phrase, type Field, type Params } from '../phrase.ts';
import { fitFile } from '../pixels/fit-file.ts';
import { planFile } from './file-plan.ts';

const FORMATS = ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const satisfies ResultFormat[];

const readFormat = (value: number | string | undefined): ResultFormat =>
  FORMATS.find((format) => format === value) ?? 'png';

const formatField: Field = {
  ...oneOf(...FORMATS.map(formatName)),
  write: (format) => formatName(readFormat(format)),
  read: (name) => FORMATS.find((format) => formatName(format) === name) ?? 'png',
};
const full = phrase('Write {region} as {format} of quality {quality}', {
  format: formatField,
  quality: integer,
});
const scaled = phrase('Write {region} as {format} of quality {quality}, scaled to {scale} %', {
  format: formatField,
  quality: integer,
  scale: decimal(1),
});

const formOf = (params: Params): Required<FileForm> => ({
  format: readFormat(params['format']),
  quality: Number(params['quality']),
  scale: Number(params['scale']),
});

/** Writes the file in another format, at another quality, or within a size that is found by encoding. */
export const file: Operation = {
  name: 'file',
  offer: 'write it as JPEG, PNG, WebP, AVIF, GIF or TIFF, also within a file size',
  order: 100,
  regional: false,
  phrase: {
    write: (params, region) => (params['scale'] === 100 ? full : scaled).write(params, region),
    read: (words) => {
      const found = full.read(words);
      return found ? { ...found, params: { ...found.params, scale: 100 } } : scaled.read(words);
    },
  },
  work: { kind: 'file', form: formOf },
  match({ text }) {
    const words = fileWordsIn(text);
    if (!words) return undefined;
    const { request, used } = words;
    return {
      used,
      wishes: [
        {
          operation: 'file',
          plan: (photo, _area, _references, context) => planFile(photo, request, context),
        },
      ],
    };
  },
  async correct(params, missed, { file: written, call }) {
    const goal = missed.find(({ goal: { metric } }) => metric === 'fileSize')?.goal;
    if (!goal || !('atMost' in goal)) return undefined;
    const form = await fitFile(written, formOf(params), goal.atMost * 1_000, call);
    return form && { ...form };
  },
};
