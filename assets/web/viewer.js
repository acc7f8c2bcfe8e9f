import { h, setChildren } from './dom.js';
import { icon } from './icons.js';
import { inOrder, nameOf } from './results-model.js';
import { sliderView } from './slider.js';

/** Any two pictures of a thread against each other, over the whole page. */
export function makeViewer() {
  const slider = sliderView('94vw');
  const left = h('select', { 'aria-label': 'Picture at the left', onchange: () => show() });
  const right = h('select', { 'aria-label': 'Picture at the right', onchange: () => show() });
  const close = h(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': 'Close' },
    icon('close'),
  );
  const element = h(
    'dialog',
    { class: 'viewer', 'aria-label': 'Compare two pictures' },
    h('div', { class: 'viewer-head' }, left, h('span', { class: 'soft' }, 'with'), right, close),
    slider.element,
  );
  close.addEventListener('click', () => element.close());
  element.addEventListener('click', ({ target }) => target === element && element.close());
  document.body.append(element);
  let nodes = new Map();

  const show = () => {
    const before = nodes.get(left.value);
    const after = nodes.get(right.value);
    if (!before || !after) return;
    const names = [before.label, after.label];
    slider.update({ before: before.picture, after: after.picture, names });
  };
  const fill = (select, results, chosen) => {
    setChildren(
      select,
      inOrder(results).map((node) => h('option', { value: node.key }, nameOf(node))),
    );
    select.value = chosen;
  };
  return {
    /** Opens with a picture at the right, and at the left the one that it came of unless another is named. */
    open(results, key, otherKey) {
      ({ nodes } = results);
      const node = nodes.get(key);
      if (!node) return;
      const base = nodes.get(otherKey) ?? node.parent ?? node.children[0] ?? node;
      fill(left, results, base.key);
      fill(right, results, node.key);
      show();
      element.showModal();
      slider.element.querySelector('input').focus();
    },
  };
}
