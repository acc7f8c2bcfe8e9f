import { h, setAttribute, setChildren, setText, words } from './dom.js';
import { icon } from './icons.js';
import { downloadAddress, pictureView } from './picture.js';
import { verdictView } from './scores.js';

/** One edit: its picture, what was done, and what the bot saw in it. */
export function roundView(actions) {
  const picture = pictureView('(max-width: 760px) 40vw, 220px');
  const title = h('h4', { class: 'round-title' });
  const instruction = words('', { class: 'round-instruction' });
  const verdict = verdictView();
  const critique = foldView('Critique');
  const looking = h('p', { class: 'round-looking' }, 'Looking at the result …');
  const tools = resultTools(actions);
  const opener = h('button', { type: 'button', class: 'round-picture' }, picture.element);
  opener.addEventListener('click', () => actions.compare(current.key));
  const body = h('div', { class: 'round-body' });
  const element = h('li', { class: 'round' }, opener, body);
  let current;
  return {
    element,
    update(round, isLive) {
      current = { key: `${round.turnId}:${round.round}` };
      picture.update(round.picture);
      setText(title, round.title);
      setAttribute(opener, 'aria-label', `Compare ${round.title} with the picture before it`);
      setText(instruction, round.instruction);
      if (round.verdict) verdict.update(round.verdict);
      if (round.critique) critique.update(round.critique);
      tools.update({ ...round, ...current });
      setAttribute(element, 'data-verdict', round.verdict?.kind);
      setChildren(body, [
        title,
        round.verdict ? verdict.element : isLive && looking,
        instruction,
        round.critique && critique.element,
        tools.element,
      ]);
    },
  };
}

/** Text that is long is behind a click, and what a reader has opened or closed stays so. */
export function foldView(label) {
  const text = words('', { class: 'fold-text' });
  const name = h('span', {}, label);
  let isTheirs = false;
  const summary = h('summary', { onclick: () => (isTheirs = true) }, name);
  const element = h('details', { class: 'fold' }, summary, text);
  return {
    element,
    update(foldable, { isOpen = !foldable.folded, title = label } = {}) {
      setText(name, title);
      setText(text, foldable.text);
      if (!isTheirs) element.open = isOpen;
    },
    text,
  };
}

/** What can be done with any picture of the tree. */
export function resultTools(actions) {
  const onward = h(
    'button',
    { type: 'button', class: 'tool', onclick: () => actions.goOnFrom(current) },
    icon('branch'),
    h('span', { class: 'tool-name' }, 'Continue', h('span', { class: 'tool-more' }, ' from here')),
  );
  const compare = h(
    'button',
    {
      type: 'button',
      class: 'tool',
      title: 'Compare',
      onclick: () => actions.compare(current.key),
    },
    icon('compare'),
    h('span', { class: 'tool-name' }, 'Compare'),
  );
  const download = h(
    'a',
    { class: 'tool', title: 'Download', download: true },
    icon('download'),
    h('span', { class: 'tool-name' }, 'Download'),
  );
  let current;
  return {
    element: h('div', { class: 'tools' }, onward, compare, download),
    update(result) {
      current = result;
      const name = result.title ?? result.label;
      setAttribute(onward, 'aria-label', `Continue from here: ${name}`);
      setAttribute(compare, 'aria-label', `Compare ${name}`);
      setAttribute(download, 'aria-label', `Download ${name}`);
      setAttribute(download, 'href', downloadAddress(result.picture, actions.fileNameOf(name)));
    },
  };
}
