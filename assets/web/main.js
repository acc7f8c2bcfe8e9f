import { isOpen, press, removeThread } from './api.js';
import { makeAnnouncer } from './announcer.js';
import { composerView } from './composer.js';
import { makeDoor } from './door.js';
import { h, setText } from './dom.js';
import { makeDrawers } from './drawers.js';
import { acceptFiles } from './drop.js';
import { headView } from './head-view.js';
import { resultsView } from './results-view.js';
import { makeState } from './state.js';
import { threadsView } from './threads-view.js';
import { threadView } from './thread-view.js';
import { makeViewer } from './viewer.js';

/* The page put together: the address names the thread, state flows down, actions come back up. */

const byId = (id) => document.getElementById(id);
/** Pictures of this page's own uploads, by the upload's id: shown before the bot has taken them in. */
const localPictures = new Map();

const state = makeState();
const viewer = makeViewer();
const drawers = makeDrawers({ side: byId('threads'), results: byId('results') });
const announce = makeAnnouncer(byId('announcements'));
const openDoor = makeDoor(() => showAddressed());
let latest = { results: { nodes: new Map(), roots: [] }, title: '' };

const threadInAddress = () => /^#([a-z0-9]{16})$/.exec(location.hash)?.[1];

const MAX_ALERTS = 3;

/** The latest are seen together: one trouble may come of another. */
function onTrouble(error) {
  if (error.status === 401) return openDoor();
  const alert = h('p', { class: 'alert' }, error.message);
  const others = [...byId('alerts').children].filter((other) => !other.isEqualNode(alert));
  byId('alerts').replaceChildren(...others.slice(1 - MAX_ALERTS), alert);
  setTimeout(() => alert.remove(), 8_000);
  return undefined;
}

/** Whether it went well. */
async function attempt(work) {
  try {
    await work();
    return true;
  } catch (error) {
    onTrouble(error);
    return false;
  }
}

const composer = composerView({
  localPictures,
  onTrouble,
  onSent({ thread: id }) {
    if (id !== threadInAddress()) location.hash = id;
    thread.follow();
  },
});

const actions = {
  press: (messageId, button) => {
    // The page has the pictures already, and room to choose others.
    if (button.action === 'compare') return actions.compareTurn(button.turnId);
    return attempt(() => press(messageId, button));
  },
  async goOnFrom({ messageId, turnId, round }) {
    const isDone = await attempt(() => press(messageId, { action: 'use', turnId, round }));
    if (!isDone) return;
    drawers.closeAll();
    thread.follow();
    composer.focus();
  },
  compare: (key) => viewer.open(latest.results, key),
  compareTurn(turnId) {
    const turn = latest.items.find((item) => item.turnId === turnId);
    const node = latest.results.nodes.get(`${turnId}:${turn?.final?.round}`);
    if (node) viewer.open(latest.results, node.key, baseOf(node).key);
    return true;
  },
  async removeThread({ id, title }) {
    if (!confirm(`Delete the thread “${title}” with all its messages?`)) return;
    const isDone = await attempt(() => removeThread(id));
    if (isDone && id === threadInAddress()) location.hash = '';
  },
  closeDrawers: () => drawers.closeAll(),
  toggleThreads: () => drawers.toggle('side'),
  toggleResults: (isWanted) => drawers.toggle('results', isWanted),
  propose: (text) => composer.propose(text),
  choose: () => composer.choose(),
  fileNameOf: (name) => `${latest.title}-${name}`,
};

/** The picture that a turn began from. */
function baseOf(node) {
  let base = node;
  while (base.parent && base.turnId === node.turnId && base.round !== 0) base = base.parent;
  return base;
}

const head = headView(actions);
const thread = threadView(actions, localPictures);
const threads = threadsView(byId('threads'), actions);
const results = resultsView(byId('results'), actions);
byId('main').append(head.element, thread.element, composer.element);
acceptFiles(document.body, (files) => composer.add(files));

state.subscribe((seen) => {
  latest = seen;
  setText(
    document.querySelector('title'),
    seen.title ? `${seen.title} · reasonedit` : 'reasonedit',
  );
  head.update(seen);
  threads.update(seen);
  thread.update(seen);
  results.update(seen);
  composer.update(seen);
  drawers.update(seen);
  announce(seen);
  if (seen.needsToken) openDoor();
});

function showAddressed() {
  state.show(threadInAddress());
  if (!drawers.areDrawers()) composer.focus();
}
addEventListener('hashchange', showAddressed);
if (await isOpen().catch(() => true)) showAddressed();
else openDoor();
