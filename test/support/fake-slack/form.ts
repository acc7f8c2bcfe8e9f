import type { OwnFile } from './person.ts';
import type { Json, View } from './types.ts';

/** What a person enters, one field of each kind. */
export interface Filled {
  readonly text?: string;
  readonly files?: readonly OwnFile[];
  /** Labels of what is chosen, of the options of all lists. */
  readonly chosen?: readonly string[];
  /** Ids of channels, for lists of those. */
  readonly channels?: readonly string[];
}

interface Element {
  readonly type: string;
  readonly action_id?: string;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly max_files?: number;
  readonly filetypes?: readonly string[];
  readonly initial_value?: string;
  readonly initial_option?: Option;
  readonly initial_options?: readonly Option[];
  readonly options?: readonly Option[];
}

interface Option {
  readonly text: { readonly text: string };
  readonly value: string;
}

/**
 * `state.values` of a form.
 * @throws {Error} Where a client of Slack would not let them send it.
 */
export function valuesOf(view: View, filled: Filled, files: readonly Json[]): Json {
  const blocks = (view.content['blocks'] ?? []) as readonly Json[];
  const values: Record<string, Json> = {};
  for (const [index, block] of blocks.entries()) {
    const element = block['element'] as Element | undefined;
    if (block['type'] !== 'input' || !element) continue;
    const value = valueOf(element, filled, files);
    if (isEmpty(value) && block['optional'] !== true) {
      throw new Error(`The form has a field that must be filled in: ${JSON.stringify(block)}.`);
    }
    const blockId = (block['block_id'] as string | undefined) ?? `block${index}`;
    values[blockId] = { [element.action_id ?? 'action']: value };
  }
  return values;
}

function valueOf(element: Element, filled: Filled, files: readonly Json[]): Json {
  const { type, options = [] } = element;
  const chosen = options.filter(({ text }) => filled.chosen?.includes(text.text));
  switch (type) {
    case 'plain_text_input': {
      const value = filled.text ?? element.initial_value ?? null;
      const length = value?.length ?? 0;
      const isLong = length <= (element.max_length ?? 3_000);
      if (!isLong || (value !== null && length < (element.min_length ?? 0))) {
        throw new Error(`The form takes no text of ${length} characters.`);
      }
      return { type, value };
    }
    case 'file_input': {
      checkFiles(element, files);
      return { type, files };
    }
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: chosen[0] ?? element.initial_option ?? null };
    case 'checkboxes':
      return {
        type,
        selected_options: filled.chosen ? chosen : (element.initial_options ?? []),
      };
    case 'multi_conversations_select':
      return { type, selected_conversations: filled.channels ?? [] };
    case 'multi_channels_select':
      return { type, selected_channels: filled.channels ?? [] };
    case 'conversations_select':
      return { type, selected_conversation: filled.channels?.[0] ?? null };
    case 'number_input':
      return { type, value: element.initial_value ?? null };
    default:
      throw new Error(`Nobody here fills in a ${type}.`);
  }
}

function checkFiles({ filetypes, max_files: max = 10 }: Element, files: readonly Json[]): void {
  if (files.length > max) throw new Error(`The form takes ${max} files.`);
  for (const { filetype } of files) {
    if (filetypes && !filetypes.includes(String(filetype))) {
      throw new Error(`The form takes no ${String(filetype)}.`);
    }
  }
}

function isEmpty(value: Json): boolean {
  const [, entered] = Object.entries(value).find(([name]) => name !== 'type') ?? [];
  return entered === null || entered === '' || (Array.isArray(entered) && entered.length === 0);
}
