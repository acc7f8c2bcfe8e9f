import type { Json, Message, StoredFile } from './types.ts';
import type { SlackFile, Workspace } from './workspace.ts';

/** A message as somebody sees it. */
export interface Seen {
  readonly ts: string;
  /** The name of who wrote it. */
  readonly by: string;
  /** All that can be read, with its markup as it was sent, line by line. */
  readonly text: string;
  readonly pictures: readonly { readonly alt: string; readonly file: StoredFile }[];
  readonly buttons: readonly Button[];
  readonly isEdited: boolean;
  /** Only the one who looks sees it. */
  readonly isForThemAlone: boolean;
  readonly message: Message;
}

export interface Button {
  readonly label: string;
  readonly actionId: string;
  readonly value: string;
  /** As it comes back when it is pressed. */
  readonly json: Json;
}

export function seenAs(workspace: Workspace, message: Message): Seen {
  // What a person typed is in the text; what an app sent in blocks takes its place.
  const blocks = message.isFromApp ? (message.blocks ?? []) : [];
  return {
    ts: message.ts,
    by: workspace.users.get(message.user)?.name ?? 'somebody',
    text: blocks.length > 0 ? textsOf(blocks).join('\n') : message.text,
    pictures: [
      ...message.files.map((file) => ({ alt: file.alt, file })),
      ...picturesOf(workspace, blocks),
    ],
    buttons: buttonsOf(blocks),
    isEdited: message.editedTs !== undefined,
    isForThemAlone: message.onlyFor !== undefined,
    message,
  };
}

export function buttonsOf(blocks: readonly Json[]): Button[] {
  return blocks.flatMap((block) =>
    partsOf(block)
      .filter(({ type }) => type === 'button')
      .map((json) => ({
        label: (json['text'] as { text: string }).text,
        actionId: String(json['action_id']),
        value: (json['value'] as string | undefined) ?? '',
        json: { ...json, block_id: block['block_id'] ?? 'block' },
      })),
  );
}

function textsOf(blocks: readonly Json[]): string[] {
  return blocks.flatMap((block) => {
    const texts = [block['text'], ...((block['fields'] ?? []) as readonly unknown[])];
    const elements = block['type'] === 'context' ? partsOf(block) : [];
    return [...texts, ...elements].map(textOf).filter((text) => text !== '');
  });
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { text } = (value ?? {}) as { text?: unknown };
  return typeof text === 'string' ? text : '';
}

function partsOf(block: Json): Json[] {
  const elements = (block['elements'] ?? []) as readonly Json[];
  const accessory = block['accessory'] as Json | undefined;
  return [...elements, ...(accessory ? [accessory] : [])];
}

function picturesOf(workspace: Workspace, blocks: readonly Json[]) {
  return blocks
    .flatMap((block) => [block, ...partsOf(block)])
    .flatMap((part) => {
      const file = workspace.findFile((part['slack_file'] as SlackFile | undefined) ?? {});
      return file ? [{ alt: String(part['alt_text']), file }] : [];
    });
}
