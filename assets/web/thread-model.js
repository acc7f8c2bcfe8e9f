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
    item.kind === 'person' ? { ...item, ...picturesOf(item, turns) } : item,
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

/**
 * The pictures that came with a person's message, as far as the bot has shown them.
 * @return `{ pictures, mask? }` The mask: `{ uploadId, image, picture }`, with the picture that it is for.
 */
function picturesOf({ key, uploads }, turns) {
  const turn = [...turns.values()].find(
    ({ answers, status }) => answers === key && status?.origin !== undefined,
  );
  if (!turn || uploads.length === 0) return { pictures: [] };
  const { picture, point, mask } = turn.status.origin;
  const upload = mask && uploads.find(isMask);
  return {
    pictures: point ? [] : [picture],
    ...(upload && { mask: { uploadId: upload.id, image: mask, picture } }),
  };
}

/** As the bot tells which file of several is the mask. */
export const isMask = ({ isMask: isGiven, name }) => isGiven ?? /^mask(?![a-z])/i.test(name);

/** Whether a turn is still going on. */
export const isGoing = ({ status }) => status !== undefined && status.state !== 'ended';
