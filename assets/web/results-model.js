/*
 * The tree of a thread's pictures, from its turns: pure. Every picture is one node, whichever
 * messages show it; a picture that came with a request is a root.
 */

import { isGoing } from './thread-model.js';

/**
 * @param items As `itemsOf` gives them.
 * @return {{ nodes: Map<string, object>, roots: object[], current: object | undefined }} `current` is
 *   what a request is about that names no picture; none while a turn is still at it. Nodes are `{ key, turnId, round, picture, label, request, messageId, parent, children, overall, verdict, isAnswer, format }`.
 */
export function resultsOf(items) {
  const nodes = new Map();
  const roots = [];
  const aliases = new Map();
  const keyOf = (turnId, round) => {
    const key = `${turnId}:${round}`;
    return aliases.get(key) ?? key;
  };
  const add = (node, parent) => {
    const whole = { ...node, parent, children: [] };
    nodes.set(node.key, whole);
    (parent ? parent.children : roots).push(whole);
    return whole;
  };
  let current;
  for (const item of items) {
    if (item.kind === 'note') current = shownBy(item, nodes) ?? current;
    if (item.kind !== 'turn') continue;
    const base = baseOf(item, nodes, keyOf, aliases, add);
    let before = base;
    let latest = base;
    for (const round of item.rounds) {
      const parent = before;
      const node = add(roundNode(item, round), parent);
      before = round.verdict?.kind === 'revert' ? base : node;
      latest = node;
    }
    if (item.final) current = nodes.get(keyOf(item.turnId, item.final.round)) ?? latest;
    else if (isGoing(item)) current = undefined;
    else current ??= base;
  }
  return { nodes, roots, current };
}

/** The picture that a turn began from: one that is there already, or one that came with it. */
function baseOf({ turnId, status, final, answers }, nodes, keyOf, aliases, add) {
  const key = `${turnId}:0`;
  const { point } = status?.origin ?? {};
  const known = point && nodes.get(keyOf(point.turnId, point.round));
  if (known) {
    aliases.set(key, known.key);
    return known;
  }
  const picture = status?.origin?.picture ?? final?.before;
  if (!picture) return undefined;
  const messageId = status?.messageId ?? final.messageId;
  return add(
    { key, turnId, round: 0, picture, label: 'Original', request: '', messageId, answers },
    undefined,
  );
}

function roundNode({ turnId, status, final }, { round, title, picture, verdict, messageId }) {
  const isAnswer = final?.round === round;
  return {
    key: `${turnId}:${round}`,
    turnId,
    round,
    picture: isAnswer ? { ...picture, format: final.picture.format } : picture,
    label: title,
    request: status?.request ?? '',
    messageId,
    overall: verdict?.overall,
    verdict: verdict?.kind,
    isAnswer,
  };
}

/** A note with one picture of the tree tells that this is the one that is edited next. */
function shownBy({ pictures }, nodes) {
  if (pictures.length !== 1) return undefined;
  return [...nodes.values()].findLast(({ picture }) => picture.image.id === pictures[0].image.id);
}

/** All nodes, each after the one it came of. */
export function inOrder({ roots }) {
  const flat = (node) => [node, ...node.children.flatMap(flat)];
  return roots.flatMap(flat);
}

/** What a node is called where others are around. */
export function nameOf({ label, request }) {
  return request === '' ? label : `${label} · ${request}`;
}
