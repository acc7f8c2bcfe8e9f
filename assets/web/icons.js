/* Line icons on a grid of 20, drawn for this page. */
const PATHS = {
  add: 'M10 4v12M4 10h12',
  attach:
    'M3.5 13.5 8 9l3 3 2-2 3.5 3.5M4.5 3.5h11a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1ZM13 7h.01',
  send: 'M10 16V4.5M5 9.2l5-5 5 5',
  close: 'm5 5 10 10M15 5 5 15',
  menu: 'M3.5 6h13M3.5 10h13M3.5 14h13',
  tree: 'M6 4.5v11M6 8.5h4.5a3 3 0 0 1 3 3v.5M6 6.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM6 17.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM13.500 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  download: 'M10 3.500v9M6 9l4 4 4-4M4 16.500h12',
  compare:
    'M10 2.500v15M10 5H4.500a1 1 0 0 0-1 1v8a1 1 0 0 0 1 1H10M13 5h2.500a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H13',
  branch: 'M6 3.500v6a3 3 0 0 0 3 3h6M12 9.500l3 3-3 3',
  remove: 'M4 5.500h12M8 5.500v-2h4v2M5.500 5.500l.7 11h7.600l.7-11M8.500 9v4.500M11.500 9v4.500',
  up: 'M7 9v7.500H4V9h3Zm0 0 3-6c1.200 0 2 .9 2 2v3h3.500a1.500 1.500 0 0 1 1.500 1.700l-.8 5.500a1.500 1.500 0 0 1-1.500 1.300H7',
  down: 'M7 11V3.500H4V11h3Zm0 0 3 6c1.200 0 2-.9 2-2v-3h3.500a1.500 1.500 0 0 0 1.500-1.700l-.8-5.500a1.500 1.500 0 0 0-1.500-1.300H7',
  success: 'm4.500 10.500 3.500 3.500 7.500-8',
  refine: 'M4.500 10h10M10.500 5.500 15 10l-4.500 4.500',
  revert: 'M4 8h8a4 4 0 0 1 0 8H7M7.500 4.500 4 8l3.500 3.500',
  brush:
    'M17 3c-4 2-7 5-8.500 7.500l2 2C13 11 15.500 7.500 17 3ZM8 11c-1.800 0-2.800 1.200-2.800 3 0 1-.7 1.700-2.200 2 3.500 1.200 7.300.3 7.300-2.700',
  eraser: 'M9 15.500h7.500M8 5.500 3 11.500l3.500 4h3l6.500-7-5-4.500-6.500 7',
  undo: 'M4 8h8a4 4 0 0 1 0 8H8M7.500 4.500 4 8l3.500 3.500',
  latest: 'M10 4v11.500M5 10.800l5 5 5-5',
};

/** An icon for the eye alone: what it stands beside, or in, has a name. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
