import { h, setAttribute } from './dom.js';

const SIDES = [160, 640, 1600];

const addressOf = ({ id }, side) => `/images/${id}?size=${side}`;

/**
 * A picture in the size that it is shown in.
 * @param sizes As the attribute of `img`; the browser takes the file that fits.
 */
export function pictureView(sizes, properties = {}) {
  const element = h('img', { alt: '', decoding: 'async', draggable: 'false', ...properties });
  return {
    element,
    update({ image, alt }) {
      setAttribute(element, 'alt', alt);
      if (element.dataset.image === image.id) return;
      element.dataset.image = image.id;
      setAttribute(element, 'width', image.width);
      setAttribute(element, 'height', image.height);
      setAttribute(element, 'sizes', sizes);
      const longest = Math.max(image.width, image.height);
      const sources = SIDES.map((side) => {
        const width = Math.round((Math.min(side, longest) * image.width) / longest);
        return `${addressOf(image, side)} ${Math.max(1, width)}w`;
      });
      element.setAttribute('srcset', sources.join(', '));
      element.setAttribute('src', addressOf(image, 640));
    },
  };
}

/** Where the whole picture is to be had as a file, in the format that it is to come in. */
export function downloadAddress({ image, format }, name) {
  const query = new URLSearchParams({ name: fileName(name), ...(format && { format }) });
  return `/files/${image.id}?${query}`;
}

/** The chat takes letters, digits, blanks, `_` and `-`. */
function fileName(name) {
  const bare = name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
  return bare.slice(0, 60).replace(/-+$/, '') || 'picture';
}
