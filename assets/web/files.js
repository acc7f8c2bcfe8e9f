import { ChatError, upload } from './api.js';
import { h, keyed, setAttribute, setChildren, setText } from './dom.js';
import { icon } from './icons.js';
import { markedPicture } from './marked-picture.js';

const MAX_FILES = 10;

/**
 * The pictures that go with the next message. Each leaves as soon as it is added, so that sending
 * waits for nothing.
 */
export function makeFiles({ localPictures, onChange, onFailed, onReopen }) {
  const views = keyed((file) => {
    if (file.mark) return markView(file, { onOpen: onReopen, onRemove: () => remove(file) });
    return fileView((shown) => remove(shown), change);
  });
  const element = h('ul', { class: 'files', 'aria-label': 'Pictures to send', hidden: true });
  let files = [];

  const render = () => {
    setChildren(
      element,
      views(files, ({ key }) => key),
    );
    element.hidden = files.length === 0;
  };
  function change() {
    render();
    onChange();
  }
  const remove = (file) => {
    file.leaving.abort(new ChatError('STOPPED', 'That file is not sent.'));
    files = files.filter((other) => other !== file);
    change();
  };
  const send = async (file) => {
    try {
      const onProgress = (share) => {
        file.share = share;
        change();
      };
      const { id, bytes } = await upload(file.file, onProgress, file.leaving.signal);
      file.sent = { id, bytes };
      // A mask is nothing to look at by itself.
      if (!file.mark) localPictures.set(id, file.address);
    } catch (error) {
      if (file.leaving.signal.aborted) return;
      files = files.filter((other) => other !== file);
      render();
      onFailed(error);
      return;
    }
    change();
  };
  const take = (added) => {
    files = [...files, ...added];
    change();
    for (const file of added) void send(file);
  };
  const pictures = () => files.filter(({ mark }) => !mark);
  const marked = () => files.find(({ mark }) => mark);
  const unmark = () => {
    const file = marked();
    if (file) remove(file);
  };
  return {
    element,
    add(list) {
      take([...list].slice(0, MAX_FILES - files.length).map(entryOf));
    },
    /**
     * Takes a mask along, in place of an earlier one.
     * @param mark `{ subject, steps }`: what it is for, and how it was made.
     */
    mark(file, mark) {
      unmark();
      take([{ ...entryOf(file), mark }]);
    },
    unmark,
    /** What the mask was made of that goes along. */
    marked: () => marked()?.mark,
    /** The picture to edit of those that go along, which has a size once the browser has shown it. */
    first: () => pictures()[0],
    count: () => pictures().length,
    isFull: () => files.length >= MAX_FILES,
    isBusy: () => files.some(({ sent }) => sent === undefined),
    sent() {
      const mask = marked();
      return [...pictures(), ...(mask ? [mask] : [])].map((file) => ({
        ...file.sent,
        name: file.name.slice(0, 300),
        ...(file.file.type && { mediaType: file.file.type.slice(0, 100) }),
        // A picture that happens to be called a mask is none where another one is painted.
        ...(mask && { isMask: file === mask }),
      }));
    },
    clear() {
      files = [];
      change();
    },
  };
}

const entryOf = (file) => ({
  key: crypto.randomUUID(),
  file,
  name: file.name || 'picture',
  address: URL.createObjectURL(file),
  share: 0,
  sent: undefined,
  leaving: new AbortController(),
});

/** The mask on the picture that it is for. */
function markView({ address, mark }, { onOpen, onRemove }) {
  const mask = h('img', { alt: '', src: address });
  const open = h(
    'button',
    { type: 'button', class: 'file-mark', 'aria-label': 'Change the marked area', onclick: onOpen },
    markedPicture(mark.subject.view('44px'), mask),
    'Marked area',
  );
  const bar = barView();
  const remove = removeButton(onRemove);
  setAttribute(remove, 'aria-label', 'Remove the marked area');
  return {
    element: h('li', { class: 'file' }, open, bar.element, remove),
    update: (file) => bar.update(file),
  };
}

function fileView(onRemove, onShown) {
  const picture = h('img', { alt: '', class: 'file-picture' });
  picture.addEventListener('load', () => {
    const { naturalWidth: width, naturalHeight: height } = picture;
    if (width === 0 || current.size) return;
    current.size = { width, height };
    onShown();
  });
  // A format that the browser does not show, such as HEIC.
  picture.addEventListener('error', () => (picture.hidden = true));
  const name = h('span', { class: 'file-name', dir: 'auto' });
  const bar = barView();
  const remove = removeButton(() => onRemove(current));
  let current;
  return {
    element: h('li', { class: 'file' }, picture, name, bar.element, remove),
    update(file) {
      current = file;
      setAttribute(picture, 'src', file.address);
      setText(name, file.name);
      setAttribute(remove, 'aria-label', `Remove ${file.name}`);
      bar.update(file);
    },
  };
}

const removeButton = (onclick) =>
  h('button', { type: 'button', class: 'icon-button', onclick }, icon('close'));

/** How much of a file has left. */
function barView() {
  const element = h('span', { class: 'file-bar', role: 'progressbar', 'aria-label': 'Sending' });
  return {
    element,
    update({ share, sent }) {
      setAttribute(element, 'aria-valuenow', String(Math.round(share * 100)));
      element.style.setProperty('--share', String(share));
      element.hidden = sent !== undefined;
    },
  };
}
