import {
  canHold,
  DEFAULT_QUALITY,
  formatName,
  holdsTransparency,
  isLossless,
  resultFormatOf,
  type ResultFormat,
} from '../../../../image/formats.ts';
import type { FileRequest } from '../language/file-words.ts';
import type { Goal } from '../measure/goal.ts';
import type { Photo } from '../measure/photo.ts';
import type { PlanContext, Planned, Step } from '../operation.ts';
import { round } from '../phrase.ts';
import { encodePixels, openImage, toPixels } from '../pixels/pixels.ts';

/** Of a file that is to be small, but of no particular size. */
const THRIFTY_QUALITY: Readonly<Record<ResultFormat, number>> = {
  jpeg: 76,
  webp: 74,
  avif: 48,
  png: 99,
  gif: 50,
  tiff: 100,
};
/** No picture can be recognised in a smaller file. */
const LEAST_BYTES = 1_000;
/** Lower qualities to try when the file does not become much smaller. */
const FURTHER_QUALITIES = [0, 8, 16] as const;
const GOOD = 0.75;
/** A file that was made smaller by less than this is not worth another loss of detail. */
const WORTH_IT = 0.9;
/** What the rest of the request may add to a file that was tried without it. */
const ALLOWANCE = { alone: 1.25, withOthers: 1.7 } as const;

/** Decides the format and the quality to begin with, and how large the file may be. */
export async function planFile(
  photo: Photo,
  request: FileRequest,
  context: PlanContext,
): Promise<Planned> {
  if (request.unknown !== undefined) {
    return {
      nothing: `I can't write ${request.unknown.toUpperCase()} files, but JPEG, PNG, WebP, AVIF, GIF and TIFF.`,
    };
  }
  const earlier = context.steps.find(({ operation }) => operation === 'file');
  const maxBytes = Math.min(request.maxBytes ?? Infinity, limitOf(earlier));
  if (maxBytes < LEAST_BYTES) return { nothing: 'No picture fits into less than 1 KB.' };

  const { format, note } = await chooseFormat(photo, { ...request, maxBytes }, context, earlier);
  if (!canHold(format, photo)) {
    return {
      nothing: `A ${formatName(format)} file can't hold ${photo.width} × ${photo.height} px; a PNG file can.`,
    };
  }
  const isSmaller = (request.smaller || request.web) && maxBytes === Infinity;
  const quality = qualityFor(format, request, isSmaller, earlier);
  const goals: Goal[] = [
    { metric: 'fileFormat', at: 100, within: 0 },
    { metric: 'fileLikeness', atLeast: 95 },
  ];
  const params = { format, quality, scale: 100 };
  const how = `I write it as ${formatName(format)}${qualityWords(format, quality)}`;
  if (maxBytes < Infinity) {
    return {
      params,
      goals: [...goals, sizeGoal(maxBytes)],
      why: `${note}${how}. The file may have ${sizeWords(maxBytes)}; if it has more, I look for the best quality that fits, and make the picture smaller only when none does.`,
    };
  }
  if (!isSmaller) return { params, goals, why: `${note}${how}.` };
  return planSmaller(photo, { params, goals, note }, context);
}

interface Form {
  readonly params: {
    readonly format: ResultFormat;
    readonly quality: number;
    readonly scale: number;
  };
  readonly goals: readonly Goal[];
  readonly note: string;
}

/** Tries how small the file becomes before it promises anything. */
async function planSmaller(
  photo: Photo,
  { params, goals, note }: Form,
  { image, steps }: PlanContext,
): Promise<Planned> {
  const { format } = params;
  const now = image.bytes.length;
  const pixels = await toPixels((await openImage(image)).sharp, false);
  let { quality } = params;
  let tried = Infinity;
  for (const less of FURTHER_QUALITIES) {
    quality = Math.max(1, params.quality - less);
    tried = (await encodePixels(pixels, { format, quality })).bytes.length;
    if (tried <= now * GOOD || format === 'png' || format === 'tiff') break;
  }
  const alone = steps.length === 0;
  if (alone && tried > now * WORTH_IT && format === image.format) {
    return {
      nothing: `The file has ${sizeWords(now)} and is compressed about as far as it can be without visible loss; name a size, such as “under ${sizeWords(now / 2)}”, if it has to be smaller.`,
    };
  }
  const share = (photo.width * photo.height) / (image.width * image.height);
  const limit = tried * share * (alone ? ALLOWANCE.alone : ALLOWANCE.withOthers);
  return {
    params: { ...params, quality },
    goals: [...goals, sizeGoal(Math.max(LEAST_BYTES, alone ? Math.min(limit, now) : limit))],
    why: `${note}The file has ${sizeWords(now)}. I write it as ${formatName(format)}${qualityWords(format, quality)}, which takes about ${sizeWords(tried * share)}.`,
  };
}

function qualityFor(
  format: ResultFormat,
  request: FileRequest,
  isSmaller: boolean,
  earlier: Step | undefined,
): number {
  if (format === 'tiff') return 100;
  if (request.quality !== undefined) return request.quality;
  const usual = isSmaller ? THRIFTY_QUALITY[format] : DEFAULT_QUALITY[format];
  const said = earlier?.params['format'] === format ? Number(earlier.params['quality']) : 100;
  return said === 100 || said === DEFAULT_QUALITY[format] ? usual : said;
}

const sizeGoal = (bytes: number): Goal => ({
  metric: 'fileSize',
  atMost: Math.floor(bytes / 100) / 10,
});

function limitOf(step: Step | undefined): number {
  const goal = step?.goals.find(({ metric }) => metric === 'fileSize');
  return goal && 'atMost' in goal ? goal.atMost * 1_000 : Infinity;
}

/** A format that is asked for, else the picture's own, but where a size or a web page speaks against it. */
async function chooseFormat(
  photo: Photo,
  { format: asked, maxBytes, web }: FileRequest & { readonly maxBytes: number },
  { image, transparent }: PlanContext,
  earlier: Step | undefined,
): Promise<{ format: ResultFormat; note: string }> {
  const isTransparent = transparent || photo.visible !== undefined;
  const format = asked ?? (earlier?.params['format'] as ResultFormat | undefined);
  if (format !== undefined) {
    if (!isTransparent || holdsTransparency(format)) return { format, note: '' };
    const name = formatName(format);
    return transparent
      ? { format: 'png', note: `${name} can't be transparent, so it can't be that. ` }
      : { format, note: `${name} can't be transparent, so what is transparent becomes white. ` };
  }
  const own = resultFormatOf(image.format);
  if (transparent && !holdsTransparency(own)) {
    return { format: 'png', note: `${formatName(own)} can't be transparent. ` };
  }
  if (own !== 'png' && own !== 'tiff' && own !== 'gif') return { format: own, note: '' };
  if (web) return { format: 'webp', note: '' };
  if (image.bytes.length <= maxBytes || (await paletteSize(photo, own)) <= maxBytes) {
    return { format: own, note: '' };
  }
  return {
    format: isTransparent ? 'webp' : 'jpeg',
    note: `As ${formatName(own)} it would have to become much smaller in pixels to fit. `,
  };
}

/** About the bytes that the picture takes with 256 colors. */
async function paletteSize(
  { copy: { rgb, ...size }, width, height }: Photo,
  format: ResultFormat,
): Promise<number> {
  if (format === 'tiff') return Infinity;
  const pixels = { data: rgb, ...size, channels: 3 } as const;
  const { bytes } = await encodePixels(pixels, { format, quality: THRIFTY_QUALITY.png });
  return (bytes.length * width * height) / (size.width * size.height);
}

function qualityWords(format: ResultFormat, quality: number): string {
  if (isLossless({ format, quality })) return ' without loss';
  if (format === 'png' || format === 'gif') {
    return ` with a palette of ${Math.max(2, Math.round(2.56 * quality))} colors`;
  }
  return ` at quality ${quality}`;
}

const sizeWords = (bytes: number): string =>
  bytes >= 1_000_000
    ? `${round(bytes / 1_000_000, 2)} MB`
    : `${bytes >= 10_000 ? round(bytes / 1_000, 0) : round(bytes / 1_000, 1)} KB`;
