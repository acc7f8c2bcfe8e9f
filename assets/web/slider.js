import { h, setAttribute } from './dom.js';
import { icon } from './icons.js';
import { pictureView } from './picture.js';

const SIZES = '(max-width: 760px) 94vw, 800px';

/**
 * Two pictures on top of each other, and a line that shows more of one or of the other. A range input
 * holds where it is, so that keys and screen readers move it as they do any other; a pointer takes
 * the line along wherever it is put down, which range inputs do not do alike everywhere.
 */
export function sliderView(sizes = SIZES) {
  const before = pictureView(sizes, { class: 'slider-before' });
  const after = pictureView(sizes, { class: 'slider-after' });
  const range = h('input', {
    type: 'range',
    min: '0',
    max: '100',
    value: '50',
    step: '1',
    class: 'slider-range',
    oninput: () => place(),
  });
  const element = h(
    'div',
    { class: 'slider' },
    after.element,
    before.element,
    h('span', { class: 'slider-tag slider-tag-before', 'aria-hidden': 'true' }),
    h('span', { class: 'slider-tag slider-tag-after', 'aria-hidden': 'true' }),
    h('span', { class: 'slider-line', 'aria-hidden': 'true' }, icon('compare')),
    range,
  );
  const place = () => {
    element.style.setProperty('--split', `${range.value}%`);
    setAttribute(range, 'aria-valuetext', `${range.value} % before`);
  };
  place();
  const follow = ({ clientX }) => {
    const { left, width } = element.getBoundingClientRect();
    range.value = String(Math.round((100 * (clientX - left)) / width));
    place();
  };
  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    follow(event);
    range.focus({ preventScroll: true, focusVisible: false });
  });
  element.addEventListener('pointermove', (event) => {
    if (element.hasPointerCapture(event.pointerId)) follow(event);
  });
  return {
    element,
    /** @param names What each side is called. */
    update({ before: left, after: right, names = ['Before', 'After'] }) {
      before.update(left);
      after.update(right);
      // Between both, so that neither is tiny where a crop has made them differ.
      const ratio = Math.sqrt(ratioOf(left) * ratioOf(right));
      element.style.setProperty('--ratio', String(ratio));
      const [one, other] = names;
      setAttribute(range, 'aria-label', `Compare: ${one} at the left, ${other} at the right`);
      element.querySelector('.slider-tag-before').textContent = one;
      element.querySelector('.slider-tag-after').textContent = other;
    },
  };
}

const ratioOf = ({ image: { width, height } }) => width / height;
