const NARROW = matchMedia('(max-width: 860px)');
const WIDE_RESULTS = matchMedia('(min-width: 1240px)');

/**
 * The threads at the left and the results at the right: columns where there is room, else drawers
 * over the page that take the focus and give it back.
 */
export function makeDrawers({ side, results }) {
  let isSideOpen = false;
  /** Undefined until somebody has said: then it depends on the room. */
  let wantsResults;
  /** One picture alone is no tree. */
  let hasTree = false;
  let returnTo;
  const main = document.getElementById('main');
  const scrim = document.createElement('div');
  scrim.className = 'scrim';
  document.body.append(scrim);

  const isResultsOpen = () => wantsResults ?? (hasTree && WIDE_RESULTS.matches);
  const paint = () => {
    const isOver = (NARROW.matches && isSideOpen) || (!WIDE_RESULTS.matches && isResultsOpen());
    side.inert = NARROW.matches && !isSideOpen;
    side.dataset.open = String(isSideOpen);
    results.hidden = !isResultsOpen();
    main.inert = isOver;
    scrim.hidden = !isOver;
    for (const button of document.querySelectorAll('[aria-controls="results"]')) {
      button.setAttribute('aria-expanded', String(isResultsOpen()));
    }
  };
  const closeAll = () => {
    const wasOver = main.inert;
    isSideOpen = false;
    if (!WIDE_RESULTS.matches) wantsResults = false;
    paint();
    if (wasOver) returnTo?.focus();
  };
  scrim.addEventListener('click', closeAll);
  addEventListener('keydown', ({ key }) => key === 'Escape' && main.inert && closeAll());
  for (const query of [NARROW, WIDE_RESULTS]) query.addEventListener('change', paint);
  paint();
  return {
    closeAll,
    areDrawers: () => NARROW.matches,
    toggle(which, isWanted) {
      returnTo = document.activeElement;
      if (which === 'side') isSideOpen = isWanted ?? !isSideOpen;
      else wantsResults = isWanted ?? !isResultsOpen();
      const wasOver = main.inert;
      paint();
      const drawer = which === 'side' ? side : results;
      if (main.inert) drawer.querySelector('a, button:not([hidden])')?.focus();
      else if (wasOver) document.querySelector(`[aria-controls="${drawer.id}"]`)?.focus();
    },
    update({ results: { nodes } }) {
      hasTree = nodes.size > 1;
      paint();
    },
  };
}
