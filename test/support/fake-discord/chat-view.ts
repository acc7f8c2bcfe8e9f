import { ComponentType, MessageFlags, MessageType } from 'discord.js';

import { render } from './markdown.ts';
import type { FakeFile, FakeMessage } from './records.ts';
import { partsIn, type Part } from './rules/components.ts';
import type { World } from './world.ts';

/** A message as a person sees it. */
export interface Seen {
  readonly id: string;
  readonly author: string;
  /** All that can be read, line by line, with the markup undone. */
  readonly text: string;
  /** What the markup did: `bold`, `link`, `mention` and others. */
  readonly effects: ReadonlySet<string>;
  readonly pictures: readonly SeenPicture[];
  /** Files that are shown as such. */
  readonly files: readonly FakeFile[];
  readonly buttons: readonly SeenButton[];
  readonly message: FakeMessage;
}

export interface SeenPicture {
  readonly alt: string;
  readonly isSpoiler: boolean;
  readonly file: FakeFile;
}

export interface SeenButton {
  readonly label: string;
  readonly customId: string;
  readonly isDisabled: boolean;
}

const SILENT = new Set<MessageType>([MessageType.ThreadStarterMessage]);

/** What somebody sees in a channel, the oldest first; without a person what all see. */
export function seenIn(world: World, channelId: string, personId?: string): Seen[] {
  return world
    .messagesIn(channelId)
    .filter(({ type }) => !SILENT.has(type))
    .filter(({ ephemeralFor }) => ephemeralFor === undefined || ephemeralFor === personId)
    .map(seen);
}

function seen(message: FakeMessage): Seen {
  const parts = [...partsIn(message.components)];
  const texts = parts.flatMap((part) =>
    part.type === ComponentType.TextDisplay ? String(part['content']) : [],
  );
  const rendered = [message.content, ...texts].filter(Boolean).map(render);
  const isV2 = (message.flags & MessageFlags.IsComponentsV2) !== 0;
  return {
    id: message.id,
    author: message.author.username,
    text: message.isLoading ? '… is thinking' : rendered.map(({ text }) => text).join('\n'),
    effects: new Set(rendered.flatMap(({ effects }) => [...effects])),
    pictures: isV2 ? picturesIn(message, parts) : message.files.filter(isPicture).map(loose),
    files: isV2 ? filesIn(message, parts) : message.files.filter((file) => !isPicture(file)),
    buttons: parts.flatMap((part) =>
      part.type === ComponentType.Button && part['custom_id'] !== undefined
        ? {
            label: textOf(part['label']),
            customId: textOf(part['custom_id']),
            isDisabled: part['disabled'] === true,
          }
        : [],
    ),
    message,
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const isPicture = ({ mediaType }: FakeFile): boolean => mediaType.startsWith('image/');

const isSpoiler = ({ name }: FakeFile): boolean => name.startsWith('SPOILER_');

const loose = (file: FakeFile): SeenPicture => ({
  alt: file.description ?? '',
  isSpoiler: isSpoiler(file),
  file,
});

/** Pictures of galleries; a spoiler around them hides them as well. */
function picturesIn(message: FakeMessage, parts: readonly Part[]): SeenPicture[] {
  const hidden = new Set(
    parts
      .filter((part) => part.type === ComponentType.Container && part['spoiler'] === true)
      .flatMap((part) => [...partsIn(part['components'])]),
  );
  return parts.flatMap((part) => {
    const items = (part['items'] ?? []) as readonly {
      readonly media: { readonly url: string };
      readonly description?: string | null;
      readonly spoiler?: boolean;
    }[];
    return items.flatMap(({ media, description, spoiler }) => {
      const file = named(message, media.url);
      if (!file) return [];
      const covered = spoiler === true || hidden.has(part) || isSpoiler(file);
      return { alt: description ?? file.description ?? '', isSpoiler: covered, file };
    });
  });
}

function filesIn(message: FakeMessage, parts: readonly Part[]): FakeFile[] {
  return parts.flatMap((part) => {
    if (part.type !== ComponentType.File) return [];
    return named(message, (part['file'] as { readonly url: string }).url) ?? [];
  });
}

const named = ({ files }: FakeMessage, url: string): FakeFile | undefined =>
  files.find(({ name }) => url === `attachment://${name}`);

/** A channel as one would read it, for the eye and for comparisons. */
export function transcriptOf(messages: readonly Seen[]): string {
  const blocks = messages.map(({ author, text, pictures, files, buttons }) => {
    const shown = pictures.map(
      ({ alt, isSpoiler: covered, file: { width, height } }) =>
        `  (${covered ? 'spoiler ' : ''}${width} × ${height}: ${alt})`,
    );
    const attached = files.map(({ name }) => `  [file ${name}]`);
    const row = buttons.map(({ label }) => `[${label}]`).join(' ');
    return [`${author}: ${text}`, ...shown, ...attached, ...(row === '' ? [] : [`  ${row}`])].join(
      '\n',
    );
  });
  return blocks.join('\n');
}
