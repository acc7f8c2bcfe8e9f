/** The boxes of an ISO base media file (AVIF, HEIC): ISO/IEC 14496-12, section 4.2. */
interface Box {
  readonly type: string;
  readonly content: Uint8Array;
}

const HEADER_BYTES = 8;
const LONG_HEADER_BYTES = 16;

/** The four characters that name the box at this offset; fewer where the file ends. */
export function boxTypeAt(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset + 4, offset + HEADER_BYTES));
}

/** The brands of a file that starts with an `ftyp` box, the major one first. */
export function fileBrands(bytes: Uint8Array): string[] {
  const [fileType] = boxes(bytes);
  if (fileType?.type !== 'ftyp') return [];
  const { content } = fileType;
  const brands: string[] = [];
  // Major brand, minor version, compatible brands.
  for (let at = 0; at + 4 <= content.length; at += 4) {
    if (at !== 4) brands.push(String.fromCharCode(...content.subarray(at, at + 4)));
  }
  return brands;
}

/** Frames of the longest track: of an image sequence. 0 without one. */
export function sequenceFrames(bytes: Uint8Array): number {
  const path = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsz'];
  let frames = 0;
  // Version and flags, size of the samples, count of the samples.
  for (const content of find(bytes, path)) frames = Math.max(frames, uint32(content, 8));
  return frames;
}

/** The first ICC profile among the properties of the pictures. */
export function iccProfile(bytes: Uint8Array): Uint8Array | undefined {
  for (const content of find(bytes, ['meta', 'iprp', 'ipco', 'colr'])) {
    const kind = String.fromCharCode(...content.subarray(0, 4));
    if (kind === 'prof' || kind === 'rICC') return content.subarray(4);
  }
  return undefined;
}

/** The contents of all boxes at this path. */
function* find(bytes: Uint8Array, path: readonly string[]): Generator<Uint8Array> {
  const [type, ...rest] = path;
  for (const box of boxes(bytes)) {
    if (box.type !== type) continue;
    // `meta` alone of those on our paths has version and flags before its boxes.
    if (rest.length > 0) yield* find(type === 'meta' ? box.content.subarray(4) : box.content, rest);
    else yield box.content;
  }
}

/** The boxes side by side in these bytes, up to the first that makes no sense. */
function* boxes(bytes: Uint8Array): Generator<Box> {
  let start = 0;
  while (start + HEADER_BYTES <= bytes.length) {
    let header = HEADER_BYTES;
    let size = uint32(bytes, start);
    if (size === 1) {
      header = LONG_HEADER_BYTES;
      size = uint32(bytes, start + 8) * 2 ** 32 + uint32(bytes, start + 12);
    } else if (size === 0) {
      size = bytes.length - start;
    }
    if (size < header) return;
    yield {
      type: boxTypeAt(bytes, start),
      content: bytes.subarray(start + header, start + size),
    };
    start += size;
  }
}

/** Big-endian; missing bytes count as 0. */
function uint32(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at, at + 4);
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}
