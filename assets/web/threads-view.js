import { h, keyed, setAttribute, setChildren, setText } from './dom.js';
import { icon } from './icons.js';
import { sinceThen } from './time.js';

/** All threads, the last one used at the top. */
export function threadsView(element, actions) {
  const entries = keyed(() => entryView(actions));
  const list = h('ul', { class: 'side-list' });
  const empty = h('p', { class: 'side-empty soft' }, 'Your threads will be listed here.');
  const add = h('a', { class: 'button side-new', href: '#' }, icon('add'), 'New thread');
  const close = h(
    'button',
    {
      type: 'button',
      class: 'icon-button side-close',
      'aria-label': 'Close the list of threads',
      onclick: () => actions.closeDrawers(),
    },
    icon('close'),
  );
  add.addEventListener('click', () => actions.closeDrawers());
  element.append(
    h('div', { class: 'side-head' }, h('p', { class: 'brand' }, 'reasonedit'), close),
    add,
    list,
    empty,
  );
  return {
    update({ threads, thread, isReady }) {
      setChildren(
        list,
        entries(threads, ({ id }) => id, thread),
      );
      empty.hidden = threads.length > 0 || !isReady;
    },
  };
}

function entryView(actions) {
  const title = h('span', { class: 'entry-title', dir: 'auto' });
  const time = h('time', { class: 'entry-time' });
  const link = h('a', { class: 'entry-link', onclick: () => actions.closeDrawers() }, title, time);
  const remove = h(
    'button',
    {
      type: 'button',
      class: 'icon-button entry-remove',
      onclick: () => actions.removeThread(current),
    },
    icon('remove'),
  );
  let current;
  return {
    element: h('li', { class: 'entry' }, link, remove),
    update(thread, open) {
      current = thread;
      setText(title, thread.title);
      setText(time, sinceThen(thread.updatedAt));
      setAttribute(time, 'datetime', new Date(thread.updatedAt).toISOString());
      setAttribute(link, 'href', `#${thread.id}`);
      setAttribute(link, 'aria-current', thread.id === open ? 'page' : undefined);
      setAttribute(remove, 'aria-label', `Delete the thread ${thread.title}`);
    },
  };
}
