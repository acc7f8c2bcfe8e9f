import { ChatError, upload } from './api.js';
import { h, keyed, setAttribute, setChildren, setText } from './dom.js';
import { icon } from './icons.js';

const MAX_FILES = 10;

/**
 * The pictures that go with the next message. Each leaves as soon as it is added, so that sending
 * waits for nothing.
 */
export function makeFiles({ localPictures, onTrouble, onChange }) {
  const views = keyed(() => fileView((file) => remove(file)));
  const element = h('ul', { class: 'files', 'aria-label': 'Pictures to send', hidden: true });
  let files = [];

  const change = () => {
    setChildren(
      element,
      views(files, ({ key }) => key),
    );
    element.hidden = files.length === 0;
    onChange();
  };
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
      localPictures.set(id, file.address);
    } catch (error) {
      if (file.leaving.signal.aborted) return;
      onTrouble(error);
      files = files.filter((other) => other !== file);
    }
    change();
  };
  return {
    element,
    add(list) {
      const added = [...list].slice(0, MAX_FILES - files.length).map((file) => ({
        key: crypto.randomUUID(),
        file,
        name: file.name || 'picture',
        address: URL.createObjectURL(file),
        share: 0,
        sent: undefined,
        leaving: new AbortController(),
      }));
      files = [...files, ...added];
      change();
      for (const file of added) void send(file);
    },
    count: () => files.length,
    isBusy: () => files.some(({ sent }) => sent === undefined),
    sent: () =>
      files.map(({ sent, name, file }) => ({
        ...sent,
        name: name.slice(0, 300),
        ...(file.type && { mediaType: file.type.slice(0, 100) }),
      })),
    clear() {
      files = [];
      change();
    },
  };
}

function fileView(onRemove) {
  const picture = h('img', { alt: '', class: 'file-picture' });
  // A format that the browser does not show, such as HEIC.
  picture.addEventListener('error', () => (picture.hidden = true));
  const name = h('span', { class: 'file-name', dir: 'auto' });
  const bar = h('span', { class: 'file-bar', role: 'progressbar', 'aria-label': 'Sending' });
  const remove = h(
    'button',
    { type: 'button', class: 'icon-button', onclick: () => onRemove(current) },
    icon('close'),
  );
  let current;
  return {
    element: h('li', { class: 'file' }, picture, name, bar, remove),
    update(file) {
      current = file;
      setAttribute(picture, 'src', file.address);
      setText(name, file.name);
      setAttribute(remove, 'aria-label', `Remove ${file.name}`);
      setAttribute(bar, 'aria-valuenow', String(Math.round(file.share * 100)));
      bar.style.setProperty('--share', String(file.share));
      bar.hidden = file.sent !== undefined;
    },
  };
}
