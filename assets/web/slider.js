import { h, setAttribute } from './dom.js';
import { icon } from './icons.js';
import { pictureView } from './picture.js';

const SIZES = '(max-width: 760px) 94vw, 800px';

/**
 * Two pictures on top of each other, and a handle that shows more of one or of the other. It is a
 * range input, so that keys, fingers and screen readers move it as they do any other.
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
  return {
    element,
    /** @param names What each side is called. */
    update({ before: left, after: right, names = ['Before', 'After'] }) {
      before.update(left);
      after.update(right);
      const { width, height } = right.image;
      element.style.setProperty('--ratio', String(width / height));
      const [one, other] = names;
      setAttribute(range, 'aria-label', `Compare: ${one} at the left, ${other} at the right`);
      element.querySelector('.slider-tag-before').textContent = one;
      element.querySelector('.slider-tag-after').textContent = other;
    },
  };
}
