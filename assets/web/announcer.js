import { isGoing } from './thread-model.js';

/**
 * Tells in words what has happened in the open thread, for those who listen to it: what is new of
 * substance, and not every step.
 */
export function makeAnnouncer(element) {
  let thread;
  let told = new Map();
  return (state) => {
    const news = new Map(state.items.flatMap(newsOf));
    const isNew = state.thread !== thread || !state.isReady;
    const lines = [...news].filter(([key, line]) => told.get(key) !== line).map(([, line]) => line);
    thread = state.thread;
    told = news;
    if (!isNew && lines.length > 0) element.textContent = lines.join(' ');
  };
}

function newsOf(item) {
  if (item.kind === 'note') return [[item.key, item.text]];
  if (item.kind !== 'turn') return [];
  const { status, rounds, final } = item;
  return [
    ...(status ? [[item.key, isGoing(item) ? stageOf(status.line) : status.line]] : []),
    ...rounds
      .filter(({ verdict }) => verdict)
      .map(({ title, verdict, messageId }) => [
        messageId,
        `${title}: ${verdict.line} ${verdict.details}.`,
      ]),
    ...(final ? [[final.messageId, final.line]] : []),
  ];
}

/** What is being done, without how far it is. */
const stageOf = (line) => line.replace(/[,(].*$/, '');
