/*
 * What the page makes its elements with. Whatever people or the bot wrote becomes text nodes and
 * attributes, never markup.
 */

/**
 * An element. Properties that start with `on` are listeners, `true` is an empty attribute, and
 * `undefined` and `false` are left out; so are such children.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else setAttribute(element, name, value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== false));
  return element;
}

/** `true` is an empty attribute; `undefined` and `false` take it away. What is so already is left alone. */
export function setAttribute(element, name, value) {
  if (value === undefined || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value === true ? '' : value)) {
    element.setAttribute(name, value === true ? '' : value);
  }
}

/** Written only where it differs, so that neither a selection nor a screen reader is disturbed. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Makes these the children of an element, and moves none that stands where it belongs. */
export function setChildren(element, children) {
  const wanted = children.filter((child) => child !== undefined && child !== false);
  for (const child of Array.from(element.children)) if (!wanted.includes(child)) child.remove();
  for (const [index, child] of wanted.entries()) {
    if (element.children[index] !== child) element.insertBefore(child, element.children[index]);
  }
}

/** A paragraph of somebody's words, in whichever direction they are written. */
export function words(text, properties = {}) {
  return h('p', { dir: 'auto', ...properties }, text);
}

/** One view a key: made at its first use, and forgotten once it is not wanted any more. */
export function keyed(make) {
  let views = new Map();
  return (items, keyOf, ...more) => {
    const next = new Map();
    for (const item of items) {
      const key = keyOf(item);
      const view = views.get(key) ?? make(item);
      view.update(item, ...more);
      next.set(key, view);
    }
    views = next;
    return [...next.values()].map(({ element }) => element);
  };
}
