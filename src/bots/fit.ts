import type { Button, ChatMessage, Foldable, Picture } from './messages.ts';
import { clip, type PlainText } from './plain-text.ts';
import type { AdapterCapabilities } from './types.ts';

type Room = Pick<
  AdapterCapabilities,
  | 'maxMessageCharacters'
  | 'maxTextCharacters'
  | 'maxAltCharacters'
  | 'maxLabelCharacters'
  | 'maxButtons'
>;

/**
 * A message that a platform has room for: what is too long is cut, the least important first, and
 * buttons that are too many are left out. What fits comes out as it was.
 */
export function fitted(message: ChatMessage, room: Room): ChatMessage {
  const buttons = message.buttons
    .slice(0, room.maxButtons)
    .map((button): Button => ({ ...button, label: clip(button.label, room.maxLabelCharacters) }));
  const picture = (shown: Picture): Picture => ({
    ...shown,
    alt: clip(shown.alt, room.maxAltCharacters),
  });
  switch (message.kind) {
    case 'status': {
      const { origin, thinking, plan, problem, preview } = message;
      const isRunning = message.state === 'running';
      const text = cutter(room, [
        { name: 'thinking', text: thinking?.text, keep: isRunning ? 'end' : 'start' },
        { name: 'request', text: message.request },
        { name: 'plan', text: plan },
        { name: 'problem', text: problem },
        { name: 'line', text: message.line },
      ]);
      return {
        ...message,
        request: text('request'),
        ...(origin && { origin: { ...origin, picture: picture(origin.picture) } }),
        line: text('line'),
        ...(thinking && { thinking: { ...thinking, text: text('thinking') } }),
        ...(plan !== undefined && { plan: text('plan') }),
        ...(problem !== undefined && { problem: text('problem') }),
        ...(preview && { preview: picture(preview) }),
        buttons,
      };
    }
    case 'round': {
      const { critique, verdict } = message;
      const text = cutter(room, [
        { name: 'critique', text: critique?.text },
        { name: 'instruction', text: message.instruction },
        { name: 'details', text: verdict?.details },
        { name: 'verdict', text: verdict?.line },
        { name: 'title', text: message.title },
      ]);
      return {
        ...message,
        title: text('title'),
        instruction: text('instruction'),
        ...(critique && { critique: { ...critique, text: text('critique') } satisfies Foldable }),
        ...(verdict && {
          verdict: { ...verdict, line: text('verdict'), details: text('details') },
        }),
        picture: picture(message.picture),
        buttons,
      };
    }
    case 'final':
      return {
        ...message,
        line: cutter(room, [{ name: 'line', text: message.line }])('line'),
        picture: picture(message.picture),
        ...(message.before && { before: picture(message.before) }),
        buttons,
      };
    case 'note':
      return {
        ...message,
        text: cutter(room, [{ name: 'text', text: message.text }])('text'),
        pictures: message.pictures.map(picture),
        buttons,
      };
  }
  return message satisfies never;
}

interface Part<Name extends string> {
  readonly name: Name;
  readonly text: PlainText | undefined;
  readonly keep?: 'start' | 'end';
}

/** Cuts the parts of a message, the first ones the most, so that all together have room. */
function cutter<Name extends string>(
  { maxMessageCharacters, maxTextCharacters }: Room,
  parts: readonly Part<Name>[],
): (name: Name) => PlainText {
  const texts = new Map<Name, PlainText>();
  for (const { name, text, keep } of parts) {
    if (text !== undefined) texts.set(name, clip(text, maxTextCharacters, keep));
  }
  let excess = [...texts.values()].reduce((sum, text) => sum + text.length, -maxMessageCharacters);
  for (const { name, keep } of parts) {
    const text = texts.get(name);
    if (text === undefined || excess <= 0) continue;
    const cut = clip(text, Math.max(0, text.length - excess), keep);
    texts.set(name, cut);
    excess -= text.length - cut.length;
  }
  return (name) => texts.get(name) ?? NOTHING;
}

const NOTHING = '' as PlainText;
