/*
 * What a page must hold to for everybody to use it, looked at in the page itself: an expression that
 * comes to a list of what does not. After https://www.w3.org/TR/WCAG22/ (1.1.1, 1.3.1, 1.4.3, 1.4.10, 2.4.6, 4.1.2).
 */
(() => {
  const problems = [];
  const named = (element) =>
    `<${element.localName} class="${element.className?.baseVal ?? element.className}">`;
  const isSeen = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !element.closest('[inert], .unseen, .skip');

  const nameOf = (element) =>
    element.getAttribute('aria-label') ||
    element.labels?.[0]?.textContent ||
    element.textContent.trim();
  for (const element of document.querySelectorAll(
    'button, a[href], input, select, textarea, summary',
  )) {
    if (isSeen(element) && !nameOf(element)) problems.push(`${named(element)} has no name`);
  }
  for (const image of document.querySelectorAll('img')) {
    if (!image.hasAttribute('alt')) problems.push(`${named(image)} has no words`);
  }
  if (document.querySelectorAll('h1').length !== 1) problems.push('there is not one h1');
  for (const landmark of ['main', 'nav[aria-label]', '[aria-live]']) {
    if (!document.querySelector(landmark)) problems.push(`there is no ${landmark}`);
  }
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  if (new Set(ids).size !== ids.length) problems.push('an id is used twice');
  if (document.documentElement.scrollWidth > innerWidth) {
    problems.push(`it is ${document.documentElement.scrollWidth} wide in ${innerWidth}`);
  }

  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgbaOf = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const backgroundOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const rgba = rgbaOf(getComputedStyle(at).backgroundColor);
      if (rgba[3] === 255) return rgba;
    }
    return [255, 255, 255, 255];
  };
  const luminance = (rgba) => {
    const [red, green, blue] = rgba
      .slice(0, 3)
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const hasText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  for (const element of document.querySelectorAll('body *')) {
    // Those on a picture bring a ground of their own, which is not opaque.
    if (!hasText(element) || !isSeen(element) || element.closest('.slider')) continue;
    const lights = [rgbaOf(getComputedStyle(element).color), backgroundOf(element)].map(luminance);
    const contrast = (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
    if (contrast < 4.5) {
      problems.push(
        `${named(element)} has a contrast of ${contrast.toFixed(2)}: ${element.textContent.slice(0, 30)}`,
      );
    }
  }
  return problems;
})();
