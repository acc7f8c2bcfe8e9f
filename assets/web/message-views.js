import { buttonsView } from './buttons.js';
import { h, keyed, setAttribute, setChildren, setText, words } from './dom.js';
import { markedPicture } from './marked-picture.js';
import { pictureView } from './picture.js';
import { sliderView } from './slider.js';
import { isMask } from './thread-model.js';

/** What a person wrote, with the pictures that came with it. */
export function personView(localPictures) {
  const text = words('', { class: 'person-text' });
  const files = h('div', { class: 'person-files' });
  const element = h(
    'li',
    { class: 'person' },
    h('article', { class: 'person-body', 'aria-label': 'You wrote' }, files, text),
  );
  let shown = '';
  return {
    element,
    update(item) {
      setText(text, item.text);
      text.hidden = item.text === '';
      files.hidden = item.uploads.length === 0;
      const { uploads, pictures, mask } = item;
      const images = [...pictures, ...(mask ? [mask] : [])].map(({ image }) => image.id);
      const key = JSON.stringify([uploads, images]);
      if (key === shown) return;
      shown = key;
      const others = uploads.filter(({ id }) => id !== mask?.uploadId);
      setChildren(files, [
        ...others.map((upload, index) => fileOf(upload, pictures[index], localPictures)),
        mask && maskOf(mask),
      ]);
    },
  };
}

/** The file as this page sent it, else as the bot took it in, else by its name. */
function fileOf(upload, picture, localPictures) {
  const { id, name } = upload;
  const local = localPictures.get(id);
  if (local) return h('img', { src: local, alt: name, class: 'person-picture' });
  if (!picture) {
    const label = isMask(upload) ? MARKED : name;
    return h('span', { class: 'person-file', dir: 'auto' }, label);
  }
  const view = pictureView('240px', { class: 'person-picture' });
  view.update({ ...picture, alt: name });
  return view.element;
}

const MARKED = 'Marked area';

/** Where the picture may change, as it was marked. */
function maskOf({ image, picture }) {
  const base = pictureView('72px');
  base.update({ ...picture, alt: '' });
  const marks = pictureView('72px');
  marks.update({ image, alt: MARKED });
  return h(
    'span',
    { class: 'person-file person-mask' },
    markedPicture(base.element, marks.element),
    h('span', { 'aria-hidden': 'true' }, MARKED),
  );
}

/** Anything else that the bot says: two pictures are compared, others stand side by side. */
export function noteView(actions) {
  const text = words('', { class: 'note-text' });
  const slider = sliderView();
  const pictures = keyed(() => pictureView('(max-width: 760px) 44vw, 260px'));
  const row = h('div', { class: 'note-pictures' });
  const buttons = buttonsView(actions.press);
  const article = h('article', { class: 'note-body', 'aria-label': 'The bot says' });
  const element = h('li', { class: 'note' }, article);
  return {
    element,
    update(note) {
      setText(text, note.text);
      buttons.update(note);
      const [before, after] = note.pictures;
      const isPair = note.pictures.length === 2;
      if (isPair) slider.update({ before, after });
      setChildren(
        row,
        pictures(isPair ? [] : note.pictures, (picture) => note.pictures.indexOf(picture)),
      );
      setAttribute(row, 'data-count', note.pictures.length);
      setChildren(article, [
        text,
        isPair && slider.element,
        !isPair && note.pictures.length > 0 && row,
        buttons.element,
      ]);
    },
  };
}
