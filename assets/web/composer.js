import { freshKey, say } from './api.js';
import { h, setAttribute, setText } from './dom.js';
import { icon } from './icons.js';
import { makeFiles } from './files.js';
import { makeMarker } from './marker.js';
import { pictureView } from './picture.js';
import { nameOf } from './results-model.js';

/** Where people write, with the pictures that they add. */
export function composerView({ localPictures, onSent, onTrouble }) {
  const marker = makeMarker();
  const files = makeFiles({
    localPictures,
    onChange: () => filesChanged(),
    onFailed(error) {
      // What was to go with it is gone: they say whether the rest still is to go.
      isWaiting = false;
      changed();
      onTrouble(error);
    },
    onReopen: () => openMarker(),
  });
  const input = h('textarea', {
    id: 'request',
    class: 'request',
    rows: '1',
    dir: 'auto',
    'aria-label': 'Your request',
    maxlength: '20000',
    enterkeyhint: 'send',
  });
  const chooser = h('input', {
    type: 'file',
    accept: 'image/*,.heic,.heif,.avif',
    multiple: true,
    class: 'unseen',
    tabindex: '-1',
    'aria-hidden': 'true',
  });
  const attach = h(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': 'Add a picture', title: 'Add a picture' },
    icon('attach'),
  );
  const send = h(
    'button',
    { type: 'submit', class: 'send', 'aria-label': 'Send', title: 'Send' },
    icon('send'),
  );
  const mark = h(
    'button',
    {
      type: 'button',
      class: 'button mark',
      'aria-label': 'Mark where to change',
      onclick: () => openMarker(),
    },
    icon('brush'),
    h('span', {}, 'Mark', h('span', { class: 'mark-more' }, ' where to change')),
  );
  const next = nextView();
  const top = h('div', { class: 'composer-top' }, next.element, files.element, mark);
  const box = h('div', { class: 'composer-box' }, attach, input, send);
  const form = h('form', { class: 'composer' }, top, box, chooser);
  let latest = { thread: undefined, results: { nodes: new Map() }, items: [] };
  let isSending = false;
  /** It goes as soon as its pictures are there. */
  let isWaiting = false;
  /** Of what is there to be sent: sent again it is the same, changed it is another. */
  let key = freshKey();

  const update = (state) => {
    latest = state;
    dropMark();
    mark.hidden = !subjectOf(state, files)?.width || files.marked() || files.isFull();
    next.update(state, files.count());
    const isFirst = state.items.length === 0;
    setAttribute(input, 'placeholder', isFirst ? 'Say what to change' : 'Say what to change next');
    const isEmpty = input.value.trim() === '' && files.count() === 0;
    setAttribute(send, 'aria-disabled', String(isEmpty || isSending));
    setAttribute(send, 'aria-busy', String(isSending || isWaiting));
  };
  /** It would mean nothing on another picture. What is on its way has its own. */
  const dropMark = () => {
    const subject = files.marked()?.subject;
    if (!subject || isSending || subject.key === subjectOf(latest, files)?.key) return;
    isWaiting = false;
    files.unmark();
    onTrouble({ message: DROPPED });
  };
  const openMarker = () => {
    const subject = subjectOf(latest, files);
    if (!subject?.width) return;
    marker.open(subject, files.marked()?.steps ?? [], (marked) => {
      if (!marked) files.unmark();
      else if (subject.key !== subjectOf(latest, files)?.key) onTrouble({ message: DROPPED });
      else files.mark(marked.file, { subject, steps: marked.steps });
      input.focus();
    });
  };
  const changed = () => {
    key = freshKey();
    update(latest);
  };
  const filesChanged = () => {
    changed();
    if (isWaiting && !files.isBusy()) void submit();
  };
  const grow = () => {
    input.style.setProperty('height', 'auto');
    input.style.setProperty('height', `${Math.min(input.scrollHeight, 220)}px`);
    update(latest);
  };
  const submit = async () => {
    if (send.getAttribute('aria-disabled') === 'true') return;
    isWaiting = files.isBusy();
    isSending = !isWaiting;
    update(latest);
    if (isWaiting) return;
    const { thread } = latest;
    const text = input.value.trim();
    const saying = { key, thread, text, uploads: files.sent() };
    try {
      const said = await say(saying);
      if (input.value.trim() === text) input.value = '';
      files.clear();
      onSent(said);
    } catch (error) {
      onTrouble(error);
    } finally {
      isSending = false;
      grow();
      input.focus();
    }
  };

  input.addEventListener('input', () => {
    isWaiting = false;
    changed();
    grow();
  });
  input.addEventListener('keydown', (event) => {
    // While a word is being composed, Enter belongs to the keyboard of the language.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void submit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  attach.addEventListener('click', () => chooser.click());
  chooser.addEventListener('change', () => {
    files.add(chooser.files);
    chooser.value = '';
    input.focus();
  });
  return {
    element: form,
    update,
    add: (list) => files.add(list),
    choose: () => chooser.click(),
    propose(text) {
      input.value = text;
      grow();
      input.focus();
    },
    focus: () => input.focus(),
  };
}

const DROPPED = 'The marked area is gone: it was on another picture than is edited now.';

/**
 * The picture that the next message is about, and how it is shown; without a size as long as the
 * browser can't show it. Undefined: there is none.
 */
function subjectOf({ results: { current } }, files) {
  const file = files.first();
  if (file) {
    const { key, size, address, name } = file;
    return { key, ...size, view: () => h('img', { src: address, alt: name, draggable: 'false' }) };
  }
  if (!current) return undefined;
  const { key, picture } = current;
  const view = (sizes) => {
    const shown = pictureView(sizes);
    shown.update(picture);
    return shown.element;
  };
  return { key, width: picture.image.width, height: picture.image.height, view };
}

/** The picture that a request without one is about. */
function nextView() {
  const picture = pictureView('40px', { class: 'next-picture' });
  const name = h('span', { class: 'next-name', dir: 'auto' });
  const label = h('span', { class: 'soft' }, 'Editing');
  const element = h('p', { class: 'next' }, picture.element, label, name);
  return {
    element,
    update({ results }, fileCount) {
      const { current } = results;
      element.hidden = !current || fileCount > 0;
      if (!current) return;
      picture.update({ ...current.picture, alt: '' });
      setText(name, nameOf(current));
    },
  };
}
