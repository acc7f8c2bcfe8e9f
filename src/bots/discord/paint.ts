import {
  ButtonStyle,
  ComponentType,
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIContainerComponent,
} from 'discord.js';

import type { Button, ChatMessage, Foldable, Picture } from '../messages.ts';
import { picturesOf } from '../messages.ts';
import type { PlainText } from '../plain-text.ts';
import { encodeButton } from './custom-id.ts';
import { escaped, heading, quoted, small, type Markup } from './markup.ts';

/** What painting a message takes beside it. */
export interface Brush {
  /** Names of the files that show its pictures, in their order. */
  readonly shown: readonly string[];
  /** Names of files to be had beside them: whole pictures that can't be shown. */
  readonly originals: readonly string[];
  /** What is to be said of how pictures are shown. */
  readonly notes: readonly PlainText[];
  /** Pictures are hidden until clicked on. */
  readonly isSpoiler: boolean;
  /** What goes into each button beside its action. */
  readonly label?: string | undefined;
  /** Ids of the message's first two components, by which it is found again. */
  readonly ids?: readonly [number, number] | undefined;
  /** How to go on where plain messages can't be read; below answers. */
  readonly hint?: PlainText | undefined;
}

const COLOURS = { working: 0x5865f2, good: 0x248046, fair: 0xf0b232, bad: 0xda373c } as const;

/** A message in Components V2: one container with all its parts. Pure. */
export function paint(message: ChatMessage, brush: Brush): APIContainerComponent {
  const components = [...bodyOf(message, brush), ...rowsOf(message.buttons, brush)];
  const [first, ...rest] = components;
  const [containerId, textId] = brush.ids ?? [];
  const accent = colourOf(message);
  return {
    type: ComponentType.Container,
    ...(containerId !== undefined && { id: containerId }),
    ...(accent !== undefined && { accent_color: accent }),
    components: first
      ? [textId === undefined ? first : { ...first, id: textId }, ...rest]
      : [text('…' as Markup)],
  };
}

function bodyOf(message: ChatMessage, brush: Brush): APIComponentInContainer[] {
  switch (message.kind) {
    case 'status':
      return [
        ...said(message.request, quoted),
        ...said(message.line, escaped),
        ...(message.progress ? [text(bar(message.progress))] : []),
        ...folded(message.thinking),
        ...said(message.plan, escaped),
        ...gallery(message, brush),
        ...said(message.problem, (problem) => `⚠️ ${escaped(problem)}` as Markup),
      ];
    case 'round':
      return [
        text(heading(message.title)),
        ...said(message.instruction, escaped),
        ...gallery(message, brush),
        ...said(message.verdict?.line, (line) => `**${escaped(line)}**` as Markup),
        ...said(message.verdict?.details, small),
        ...folded(message.critique),
        ...below(brush),
      ];
    case 'final':
      return [
        ...said(message.line, (line) => `**${escaped(line)}**` as Markup),
        ...gallery(message, brush),
        ...below(brush),
        ...said(brush.hint, small),
      ];
    case 'note':
      return [...said(message.text, escaped), ...gallery(message, brush), ...below(brush)];
  }
  return message satisfies never;
}

function colourOf(message: ChatMessage): number | undefined {
  switch (message.kind) {
    case 'status':
      return message.state === 'ended' ? undefined : COLOURS.working;
    case 'round':
      return message.verdict && VERDICTS[message.verdict.kind];
    case 'final':
      return COLOURS.good;
    case 'note':
      return undefined;
  }
  return message satisfies never;
}

const VERDICTS = { success: COLOURS.good, refine: COLOURS.fair, revert: COLOURS.bad } as const;

const text = (content: Markup): APIComponentInContainer => ({
  type: ComponentType.TextDisplay,
  content,
});

const said = (words: PlainText | undefined, mark: (text: PlainText) => Markup) =>
  words === undefined || words.trim() === '' ? [] : [text(mark(words))];

/** Long text in small. */
const folded = (words: Foldable | undefined) => said(words?.text, words?.folded ? small : escaped);

const CELLS = 12;

function bar({ done, total }: { readonly done: number; readonly total: number }): Markup {
  const full = total > 0 ? Math.min(CELLS, Math.round((CELLS * done) / total)) : 0;
  return ('▰'.repeat(full) + '▱'.repeat(CELLS - full)) as Markup;
}

function gallery(message: ChatMessage, { shown, isSpoiler }: Brush): APIComponentInContainer[] {
  const items = picturesOf(message).flatMap(({ alt }: Picture, index) => {
    const name = shown[index];
    if (name === undefined) return [];
    return {
      media: { url: `attachment://${name}` },
      ...(alt.trim() !== '' && { description: alt }),
      ...(isSpoiler && { spoiler: true }),
    };
  });
  return items.length === 0 ? [] : [{ type: ComponentType.MediaGallery, items }];
}

/** What belongs to the pictures and can't be in a gallery. */
function below({ originals, notes, isSpoiler }: Brush): APIComponentInContainer[] {
  return [
    ...notes.flatMap((note) => said(note, small)),
    ...originals.map((name) => ({
      type: ComponentType.File as const,
      file: { url: `attachment://${name}` },
      ...(isSpoiler && { spoiler: true }),
    })),
  ];
}

const A_ROW = 5;

const STYLES = {
  primary: ButtonStyle.Primary,
  plain: ButtonStyle.Secondary,
  danger: ButtonStyle.Danger,
} as const satisfies Record<Button['style'], ButtonStyle>;

function rowsOf(buttons: readonly Button[], { label }: Brush): APIComponentInContainer[] {
  const painted = buttons.map(
    ({ label: words, style, ...action }): APIButtonComponentWithCustomId => ({
      type: ComponentType.Button,
      style: STYLES[style],
      label: words.trim() === '' ? '…' : words,
      custom_id: encodeButton(action, label),
    }),
  );
  return Array.from({ length: Math.ceil(painted.length / A_ROW) }, (_, row) => ({
    type: ComponentType.ActionRow,
    components: painted.slice(row * A_ROW, (row + 1) * A_ROW),
  }));
}
