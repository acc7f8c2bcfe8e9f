import { h } from './dom.js';
import { drawSteps, drawStroke, markedShare, maskFile, maskSize } from './mask-drawing.js';

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** The least way that an arrow key moves the brush, as a share of the picture's longest side. */
const LEAST_MOVE = 0.01;
/** The button of a pen's other end. */
const PEN_ERASER = 5;
/** Over what is not marked, and of what is. */
const DIM = 'rgb(0 0 0 / 32%)';
const TINTED = 0.42;

/**
 * A picture that is painted on, by mouse, touch, pen or keys.
 * @param listener `onMarked(share)` after each step; `onMoved([x, y])` when keys have moved the brush
 */
export function makeStage({ onMarked, onMoved }) {
  const marks = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const shown = h('canvas', { class: 'marker-canvas' }).getContext('2d');
  const ring = h('span', { class: 'marker-ring', 'aria-hidden': 'true' });
  const element = h('div', {
    class: 'marker-stage',
    tabindex: '0',
    role: 'application',
    'aria-label':
      'The picture. Arrow keys move the brush, Space paints, Shift with an arrow paints along.',
  });
  let brush = { size: 0, isErasing: false };
  let steps = [];
  let share = 0;
  /** Being painted. */
  let stroke;
  let pointer;
  /** Where the brush is. */
  let place = [0.5, 0.5];
  let isDue = false;

  const paint = () => {
    const { width, height } = shown.canvas;
    shown.clearRect(0, 0, width, height);
    if (share === 0 && !stroke) return;
    shown.fillStyle = DIM;
    shown.fillRect(0, 0, width, height);
    shown.globalCompositeOperation = 'destination-out';
    shown.drawImage(marks.canvas, 0, 0);
    shown.globalCompositeOperation = 'source-over';
    shown.globalAlpha = TINTED;
    shown.drawImage(marks.canvas, 0, 0);
    shown.globalAlpha = 1;
  };
  const show = () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      paint();
    });
  };
  const placeRing = () => {
    const { width, height } = marks.canvas;
    const diameter = (brush.size * Math.max(width, height)) / width;
    ring.style.setProperty('--x', `${100 * place[0]}%`);
    ring.style.setProperty('--y', `${100 * place[1]}%`);
    ring.style.setProperty('--diameter', `${100 * diameter}%`);
  };
  const take = (next) => {
    steps = next;
    drawSteps(marks, steps);
    share = markedShare(marks);
    show();
    onMarked(share, steps.length);
  };
  const begin = (isErasing) => {
    stroke = { kind: 'stroke', isErasing, size: brush.size, points: [place] };
    drawStroke(marks, stroke);
    show();
  };
  const moveTo = (next) => {
    if (stroke) {
      drawStroke(marks, { ...stroke, points: [place, next] });
      stroke.points.push(next);
      show();
    }
    place = next;
    placeRing();
  };
  const lift = () => {
    const lifted = stroke;
    stroke = undefined;
    pointer = undefined;
    if (lifted) take([...steps, lifted]);
  };

  const placeOf = ({ clientX, clientY }) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return [within((clientX - left) / width), within((clientY - top) / height)];
  };
  element.addEventListener('pointerdown', (event) => {
    const isPenEraser = event.pointerType === 'pen' && event.button === PEN_ERASER;
    // A second finger does not paint.
    if (stroke || (event.button !== 0 && !isPenEraser)) return;
    pointer = event.pointerId;
    element.setPointerCapture(pointer);
    element.focus({ preventScroll: true, focusVisible: false });
    moveTo(placeOf(event));
    begin(brush.isErasing || isPenEraser);
  });
  element.addEventListener('pointermove', (event) => {
    if (stroke && event.pointerId !== pointer) return;
    const moves = event.getCoalescedEvents?.() ?? [];
    for (const move of moves.length > 0 ? moves : [event]) moveTo(placeOf(move));
  });
  // However it ends: let go, or taken over by the system.
  element.addEventListener('lostpointercapture', ({ pointerId }) => {
    if (pointerId === pointer) lift();
  });
  element.addEventListener('keydown', (event) => {
    const arrow = ARROWS[event.key];
    if (stroke || (!arrow && event.key !== ' ')) return;
    event.preventDefault();
    const paints = !arrow || event.shiftKey;
    if (paints) begin(brush.isErasing);
    if (arrow) moveTo(besides(arrow));
    if (paints) lift();
    else onMoved(place);
  });
  /** Half a brush further. */
  const besides = ([right, down]) => {
    const { width, height } = marks.canvas;
    const way = Math.max(LEAST_MOVE, brush.size / 2) * Math.max(width, height);
    return [within(place[0] + (right * way) / width), within(place[1] + (down * way) / height)];
  };

  return {
    element,
    /** @param next `{ size, isErasing }`, the size as a share of the picture's longest side */
    use(next) {
      brush = next;
      placeRing();
    },
    /**
     * @param subject The picture: `{ width, height, view(sizes) }`
     * @param earlier Steps to go on from.
     */
    open(subject, earlier) {
      for (const { canvas } of [marks, shown]) Object.assign(canvas, maskSize(subject));
      element.style.setProperty('--ratio', String(subject.width / subject.height));
      element.replaceChildren(subject.view('94vw'), shown.canvas, ring);
      stroke = undefined;
      pointer = undefined;
      moveTo([0.5, 0.5]);
      take(earlier);
    },
    clear: () => share > 0 && take([...steps, { kind: 'clear' }]),
    undo: () => !stroke && take(steps.slice(0, -1)),
    /** The steps and the mask; undefined where all of the picture may change, as nothing or all is marked. */
    async marked() {
      if (share === 0 || share === 1) return undefined;
      return { steps, file: await maskFile(marks) };
    },
  };
}

const within = (share) => Math.min(1, Math.max(0, share));
