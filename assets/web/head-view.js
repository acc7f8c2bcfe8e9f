import { h, setAttribute, setText } from './dom.js';
import { icon } from './icons.js';

/** What thread this is, and the ways to the others and to its results. */
export function headView(actions) {
  const menu = h(
    'button',
    {
      type: 'button',
      class: 'icon-button head-menu',
      'aria-label': 'Threads',
      'aria-controls': 'threads',
      onclick: () => actions.toggleThreads(),
    },
    icon('menu'),
  );
  const title = h('h1', { class: 'head-title', dir: 'auto' });
  const offline = h('p', { class: 'offline', role: 'status' });
  const count = h('span', { class: 'head-count' });
  const results = h(
    'button',
    {
      type: 'button',
      class: 'button head-results',
      'aria-controls': 'results',
      'aria-expanded': 'false',
      onclick: () => actions.toggleResults(),
    },
    icon('tree'),
    h('span', { class: 'head-results-name' }, 'Results'),
    count,
  );
  return {
    element: h('header', { class: 'head' }, menu, title, offline, results),
    update({ title: text, thread, results: { nodes }, isConnected }) {
      setText(title, thread === undefined ? 'New thread' : text);
      setText(offline, isConnected ? '' : 'Connecting …');
      setText(count, nodes.size > 0 ? String(nodes.size) : '');
      results.hidden = thread === undefined;
      setAttribute(results, 'aria-label', `Results: ${nodes.size}`);
      setAttribute(results, 'aria-expanded', String(!document.getElementById('results').hidden));
    },
  };
}
