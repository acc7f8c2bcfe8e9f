import { h, setAttribute, setText } from './dom.js';
import { icon } from './icons.js';
import { makeStage } from './marker-stage.js';

/** Of a brush, hundredths of the picture's longest side. */
const SIZES = { min: 1, max: 40, first: 8 };

/** Where people paint over a picture what of it may change. */
export function makeMarker() {
  const hint = h('p', { class: 'marker-hint', role: 'status' });
  const stage = makeStage({
    onMarked(share, stepCount) {
      setText(hint, hintOf(share));
      setAttribute(undo, 'aria-disabled', String(stepCount === 0));
      setAttribute(clear, 'aria-disabled', String(share === 0));
    },
    onMoved([x, y]) {
      setText(hint, `The brush is ${percent(x)} across and ${percent(y)} down.`);
    },
  });
  const button = (kind, content, onclick) =>
    h('button', { type: 'button', class: `button ${kind}`, onclick }, content);
  const brush = button('', [icon('brush'), 'Brush'], () => choose(false));
  const eraser = button('', [icon('eraser'), 'Eraser'], () => choose(true));
  const size = h('input', {
    type: 'range',
    min: SIZES.min,
    max: SIZES.max,
    value: SIZES.first,
    oninput: () => useBrush(),
  });
  const undo = button('', [icon('undo'), 'Undo'], () => stage.undo());
  const clear = button('', [icon('remove'), 'Clear'], () => stage.clear());
  const element = h(
    'dialog',
    { class: 'marker', 'aria-label': 'Mark where to change' },
    h('h2', { class: 'marker-title' }, 'Mark where to change'),
    h('div', { class: 'marker-frame' }, stage.element),
    hint,
    h(
      'div',
      { class: 'marker-tools' },
      brush,
      eraser,
      h('label', { class: 'marker-size' }, 'Size', size),
      undo,
      clear,
    ),
    h(
      'div',
      { class: 'marker-ends' },
      button('marker-whole', 'Whole picture', () => end(undefined)),
      button('', 'Cancel', () => element.close()),
      button('button-primary', 'Done', async () => end(await stage.marked())),
    ),
  );
  document.body.append(element);
  let isErasing = false;
  let onEnd = () => {};

  const useBrush = () => {
    setAttribute(size, 'aria-valuetext', `${size.value} % of the picture’s longest side`);
    stage.use({ size: Number(size.value) / 100, isErasing });
  };
  const choose = (erases) => {
    isErasing = erases;
    setAttribute(brush, 'aria-pressed', String(!erases));
    setAttribute(eraser, 'aria-pressed', String(erases));
    useBrush();
  };
  const end = (marked) => {
    if (!element.open) return;
    element.close();
    onEnd(marked);
  };
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'z' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    stage.undo();
  });

  return {
    /**
     * @param subject The picture: `{ width, height, view(sizes) }`
     * @param earlier Steps to go on from.
     * @param onMarked Called with `{ steps, file }`, or with undefined where all of the picture may change;
     *   not where it is cancelled.
     */
    open(subject, earlier, onMarked) {
      onEnd = onMarked;
      stage.open(subject, earlier);
      choose(false);
      element.showModal();
      stage.element.focus({ focusVisible: false });
    },
  };
}

const percent = (share) => `${Math.round(100 * share)} %`;

function hintOf(share) {
  if (share === 0) return 'Nothing is marked: all of it may change.';
  if (share === 1) return 'All is marked: all of it may change.';
  return `${share < 0.005 ? 'Less than 1 %' : percent(share)} is marked; the rest stays as it is.`;
}
