import { h } from './dom.js';

/** A picture with a mask over it: what may change of it is bright. Both are elements that show one. */
export function markedPicture(picture, mask) {
  mask.classList.add('marked-mask');
  return h('span', { class: 'marked-picture' }, picture, mask);
}
