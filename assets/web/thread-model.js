/*
 * What a thread shows, from its messages: pure. A turn's messages are one item, which stands where
 * the first of them does.
 */

/**
 * @param messages In their order, none deleted.
 * @return Items `{ kind: 'person' | 'turn' | 'note', key, … }`
 */
export function itemsOf(messages) {
  const items = [];
  const turns = new Map();
  for (const { id, author, answers, content, opinion, sentAt } of messages) {
    if (author === 'person') {
      items.push({ kind: 'person', key: id, sentAt, ...content });
    } else if (content.kind === 'note') {
      items.push({ key: id, messageId: id, ...content });
    } else {
      let turn = turns.get(content.turnId);
      if (!turn) {
        turn = { kind: 'turn', key: `turn ${content.turnId}`, turnId: content.turnId, rounds: [] };
        turns.set(content.turnId, turn);
        items.push(turn);
      }
      addTo(turn, { ...content, messageId: id, opinion }, answers);
    }
  }
  return items.map((item) =>
    item.kind === 'person' ? { ...item, pictures: picturesOf(item, turns) } : item,
  );
}

function addTo(turn, message, answers) {
  turn.answers ??= answers;
  if (message.kind === 'round') {
    turn.rounds.push(message);
    turn.rounds.sort((one, other) => one.round - other.round);
  } else {
    turn[message.kind] = message;
  }
}

/** The pictures that came with a person's message, as far as the bot has shown them. */
function picturesOf({ key, uploads }, turns) {
  if (uploads.length === 0) return [];
  for (const { answers, status } of turns.values()) {
    const { origin } = status ?? {};
    if (answers === key && origin && !origin.point) return [origin.picture];
  }
  return [];
}

/** Whether a turn is still going on. */
export const isGoing = ({ status }) => status !== undefined && status.state !== 'ended';
