import { h, keyed, setChildren } from './dom.js';
import { icon } from './icons.js';
import { noteView, personView } from './message-views.js';
import { turnView } from './turn-view.js';

/** Closer to the end than this a reader is taken along, pixels. */
const NEAR = 120;

/** The thread that is open, or what to do where none is. */
export function threadView(actions, localPictures) {
  const views = keyed((item) => {
    if (item.kind === 'person') return personView(localPictures);
    return item.kind === 'turn' ? turnView(actions) : noteView(actions);
  });
  const list = h('ol', { class: 'thread', 'aria-label': 'Conversation' });
  const welcome = welcomeView(actions);
  const gone = h('p', { class: 'gone' }, 'This thread is gone.');
  const inner = h('div', { class: 'scroll-inner' });
  const scroll = h('div', { class: 'scroll', tabindex: '-1' }, inner);
  const toLatest = h(
    'button',
    { type: 'button', class: 'to-latest', 'aria-label': 'To the latest', hidden: true },
    icon('latest'),
  );
  toLatest.addEventListener('click', () => scroll.scrollTo({ top: scroll.scrollHeight }));
  let isFollowing = true;
  let thread;
  scroll.addEventListener('scroll', () => {
    isFollowing = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR;
    toLatest.hidden = isFollowing;
  });
  const toEnd = () => {
    if (isFollowing) scroll.scrollTop = scroll.scrollHeight;
  };
  // Pictures have their size before they come, but folds and fonts change it as well.
  new ResizeObserver(toEnd).observe(inner);
  return {
    element: h('div', { class: 'scroll-frame' }, scroll, toLatest),
    update(state) {
      if (state.thread !== thread) {
        thread = state.thread;
        isFollowing = true;
      }
      const isNew = state.thread === undefined;
      setChildren(
        list,
        views(state.items, ({ key }) => key),
      );
      setChildren(inner, [isNew && welcome, state.isGone && gone, !isNew && !state.isGone && list]);
      list.setAttribute('aria-busy', String(!state.isReady));
      toEnd();
    },
    /** Their own message is to be seen, wherever they were. */
    follow() {
      isFollowing = true;
      toEnd();
    },
  };
}

const EXAMPLES = [
  'Fix the white balance and brighten it',
  'Make it look like a foggy morning',
  'Crop it to 16:9 and add a little contrast',
  'Black and white, with more grain',
];

function welcomeView(actions) {
  const examples = EXAMPLES.map((example) =>
    h(
      'li',
      {},
      h(
        'button',
        { type: 'button', class: 'example', onclick: () => actions.propose(example) },
        example,
      ),
    ),
  );
  return h(
    'div',
    { class: 'welcome' },
    h('h2', {}, 'What shall we change?'),
    h(
      'p',
      { class: 'soft' },
      'Drop a picture anywhere, paste it, or choose one. Then say in your own words what to do with it. You see the thinking, every round and its verdict, and can go on from any of them.',
    ),
    h(
      'button',
      { type: 'button', class: 'button drop-target', onclick: () => actions.choose() },
      icon('attach'),
      'Choose a picture',
    ),
    h('h3', { class: 'label' }, 'For example'),
    h('ul', { class: 'examples' }, examples),
  );
}
