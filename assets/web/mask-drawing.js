/*
 * What people mark on a picture, as steps that can be taken back, and the mask that comes of them.
 * Places are shares of the picture's width and height, sizes of a brush are shares of its longest side.
 */

const LONGEST_SIDE = 1_024;
/** Of what is marked on the canvas; the mask itself is black and white. */
const TINT = '#ff4f1a';

/** The size of a picture's mask, pixels: of the same ratio. */
export function maskSize({ width, height }) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const scaled = (side) => Math.max(1, Math.round(side * scale));
  return { width: scaled(width), height: scaled(height) };
}

/** What still counts of all steps: what came before everything was wiped away does not. */
const lastingSteps = (steps) =>
  steps.slice(steps.findLastIndex(({ kind }) => kind === 'clear') + 1);

/**
 * Draws the stroke of one step on a canvas of the mask's size.
 * @param stroke `{ kind: 'stroke', isErasing, size, points: [[x, y], …] }`
 */
export function drawStroke(context, { isErasing, size, points }) {
  const { width, height } = context.canvas;
  const [[x, y], ...others] = points;
  context.globalCompositeOperation = isErasing ? 'destination-out' : 'source-over';
  context.strokeStyle = TINT;
  context.fillStyle = TINT;
  context.lineWidth = Math.max(1, size * Math.max(width, height));
  context.lineCap = 'round';
  context.lineJoin = 'round';
  // A line that goes nowhere is not drawn.
  context.beginPath();
  context.arc(x * width, y * height, context.lineWidth / 2, 0, 2 * Math.PI);
  context.fill();
  context.beginPath();
  context.moveTo(x * width, y * height);
  for (const [nextX, nextY] of others) context.lineTo(nextX * width, nextY * height);
  context.stroke();
}

/** Draws all steps anew. */
export function drawSteps(context, steps) {
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  for (const stroke of lastingSteps(steps)) drawStroke(context, stroke);
}

/** How much of a canvas is marked, 0 to 1: exactly either where nothing or all is. */
export function markedShare(context) {
  const { data } = pixelsOf(context);
  let count = 0;
  for (let at = 3; at < data.length; at += 4) if (data[at] >= 128) count += 1;
  return (4 * count) / data.length;
}

/** A PNG that is white where the canvas is marked and black elsewhere, with nothing between. */
export async function maskFile(context) {
  const pixels = pixelsOf(context);
  const { data, width, height } = pixels;
  for (let at = 0; at < data.length; at += 4) {
    data.fill(data[at + 3] >= 128 ? 255 : 0, at, at + 3);
    data[at + 3] = 255;
  }
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d').putImageData(pixels, 0, 0);
  const png = await canvas.convertToBlob({ type: 'image/png' });
  return new File([png], 'mask.png', { type: 'image/png' });
}

const pixelsOf = (context) =>
  context.getImageData(0, 0, context.canvas.width, context.canvas.height);
