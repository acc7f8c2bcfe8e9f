import { h, keyed, setAttribute, setChildren, setText } from './dom.js';
import { icon } from './icons.js';
import { pictureView } from './picture.js';
import { resultTools } from './round-view.js';

/** All pictures of a thread as the tree that they are. */
export function resultsView(element, actions) {
  const roots = keyed(() => nodeView(actions));
  const list = h('ul', { class: 'tree' });
  const empty = h('p', { class: 'soft' }, 'Every picture of this thread will be found here.');
  const close = h(
    'button',
    {
      type: 'button',
      class: 'icon-button',
      'aria-label': 'Close the results',
      onclick: () => actions.toggleResults(false),
    },
    icon('close'),
  );
  element.append(
    h('div', { class: 'results-head' }, h('h2', { class: 'results-title' }, 'Results'), close),
    empty,
    list,
  );
  return {
    update({ results }) {
      empty.hidden = results.roots.length > 0;
      setChildren(
        list,
        roots(results.roots, ({ key }) => key, results.current),
      );
    },
  };
}

/** A picture, and below it what came of it: a chain goes straight down, branches are set in. */
function nodeView(actions) {
  const picture = pictureView('88px');
  const name = h('span', { class: 'node-name' });
  const request = h('span', { class: 'node-request', dir: 'auto' });
  const score = h('span', { class: 'node-score' });
  const here = h('span', { class: 'node-here' }, 'Edited next');
  const opener = h('button', { type: 'button', class: 'node-picture' }, picture.element);
  opener.addEventListener('click', () => actions.compare(current.key));
  const tools = resultTools(actions);
  const facts = h('div', { class: 'node-facts' });
  const text = h('div', { class: 'node-text' }, facts, request, tools.element);
  const card = h('div', { class: 'node' }, opener, text);
  const children = keyed(() => nodeView(actions));
  const list = h('ul', { class: 'tree' });
  const element = h('li', { class: 'tree-item' });
  let current;
  return {
    element,
    update(node, shown) {
      current = node;
      picture.update(node.picture);
      setText(name, node.label);
      setText(request, node.request);
      setAttribute(opener, 'aria-label', `Compare ${node.label}`);
      setText(score, node.overall === undefined ? '' : String(Math.round(node.overall)));
      setAttribute(score, 'data-kind', node.verdict);
      setAttribute(card, 'data-here', node === shown);
      tools.update(node);
      setChildren(facts, [name, node.overall !== undefined && score, node === shown && here]);
      setAttribute(list, 'data-branches', node.children.length > 1);
      setChildren(
        list,
        children(node.children, ({ key }) => key, shown),
      );
      setChildren(element, [card, node.children.length > 0 && list]);
    },
  };
}
