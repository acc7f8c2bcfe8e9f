import { ButtonStyle, ComponentType, type APIMessageTopLevelComponent } from 'discord.js';
import { z } from 'zod';

import { invalidForm } from '../api-error.ts';

const COMPONENTS = 40;
const CHARACTERS = 4_000;

const customId = z.string().min(1).max(100);
const id = z.int().nonnegative().optional();
const description = z.string().min(1).max(1_024).nullish();
const spoiler = z.boolean().optional();
const media = z.strictObject({ url: z.string().min(1).max(2_048) });
const emoji = z.strictObject({
  id: z.string().nullish(),
  name: z.string().nullish(),
  animated: z.boolean().optional(),
});

const Button = z
  .strictObject({
    type: z.literal(ComponentType.Button),
    id,
    style: z.enum(ButtonStyle),
    label: z.string().min(1).max(80).optional(),
    emoji: emoji.optional(),
    custom_id: customId.optional(),
    url: z.url().max(512).optional(),
    disabled: z.boolean().optional(),
  })
  .refine(({ style, url, custom_id: own }) =>
    style === ButtonStyle.Link ? url !== undefined && !own : own !== undefined && !url,
  )
  .refine(({ label, emoji: sign }) => label !== undefined || sign !== undefined);
const Select = z.looseObject({
  type: z.union([z.literal(3), z.literal(5), z.literal(6), z.literal(7), z.literal(8)]),
  id,
  custom_id: customId,
  placeholder: z.string().max(150).optional(),
  options: z
    .array(
      z.looseObject({
        label: z.string().min(1).max(100),
        value: z.string().min(1).max(100),
        description: z.string().max(100).optional(),
      }),
    )
    .min(1)
    .max(25)
    .optional(),
});
const ActionRow = z.strictObject({
  type: z.literal(ComponentType.ActionRow),
  id,
  components: z.union([z.array(Button).min(1).max(5), z.array(Select).length(1)]),
});
const TextDisplay = z.strictObject({
  type: z.literal(ComponentType.TextDisplay),
  id,
  content: z.string().min(1).max(CHARACTERS),
});
const Thumbnail = z.strictObject({
  type: z.literal(ComponentType.Thumbnail),
  id,
  media,
  description,
  spoiler,
});
const Section = z.strictObject({
  type: z.literal(ComponentType.Section),
  id,
  components: z.array(TextDisplay).min(1).max(3),
  accessory: z.union([Thumbnail, Button]),
});
const MediaGallery = z.strictObject({
  type: z.literal(ComponentType.MediaGallery),
  id,
  items: z.array(z.strictObject({ media, description, spoiler })).min(1).max(10),
});
const File = z.strictObject({
  type: z.literal(ComponentType.File),
  id,
  file: media.extend({ url: z.string().startsWith('attachment://') }),
  spoiler,
});
const Separator = z.strictObject({
  type: z.literal(ComponentType.Separator),
  id,
  divider: z.boolean().optional(),
  spacing: z.int().min(1).max(2).optional(),
});
const INNER = [ActionRow, TextDisplay, Section, MediaGallery, File, Separator] as const;
const Container = z.strictObject({
  type: z.literal(ComponentType.Container),
  id,
  accent_color: z.int().min(0).max(0xffffff).nullish(),
  spoiler,
  components: z.array(z.discriminatedUnion('type', [...INNER])).min(1),
});
const TopLevel = z.discriminatedUnion('type', [...INNER, Container]);

interface Around {
  readonly isV2: boolean;
  /** Names of the files that the message has. */
  readonly files: readonly string[];
}

/** Holds the components of a message against the rules. Throws what the platform answers. */
export function checkComponents(
  components: readonly APIMessageTopLevelComponent[],
  { isV2, files }: Around,
): void {
  const one = isV2 ? TopLevel : ActionRow;
  const list = isV2 ? z.array(one) : z.array(one).max(5);
  const parsed = list.safeParse(components);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = ['components', ...(issue?.path ?? [])].join('.');
    throw invalidForm(path, 'BASE_TYPE_INVALID', issue?.message ?? 'unreadable');
  }
  const all = [...partsIn(components)];
  if (all.length > COMPONENTS) {
    const message = `The total number of components must not exceed ${COMPONENTS}.`;
    throw invalidForm('components', 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', message);
  }
  const texts = all.flatMap((part) =>
    part.type === ComponentType.TextDisplay ? part['content'] : [],
  );
  if (texts.reduce<number>((sum, text) => sum + String(text).length, 0) > CHARACTERS) {
    const message = `Components displayable text size exceeds maximum size of ${CHARACTERS}.`;
    throw invalidForm('components', 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', message);
  }
  const ids = all.flatMap((part) =>
    typeof part['custom_id'] === 'string' ? part['custom_id'] : [],
  );
  if (new Set(ids).size < ids.length) {
    const message = 'Component custom id cannot be duplicated.';
    throw invalidForm('components', 'COMPONENT_CUSTOM_ID_DUPLICATED', message);
  }
  for (const url of mediaIn(all)) {
    const name = /^attachment:\/\/(.*)$/.exec(url)?.[1];
    if (name === undefined ? !/^https?:/.test(url) : !files.includes(name)) {
      const message = `The referenced file is not there: ${url}`;
      throw invalidForm(
        'components',
        'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
        message,
      );
    }
  }
}

export type Part = Readonly<Record<string, unknown>> & { readonly type: ComponentType };

/** Every component, those in others as well, in the order in which they are shown. */
export function* partsIn(value: unknown): Generator<Part> {
  if (Array.isArray(value)) {
    for (const item of value) yield* partsIn(item);
    return;
  }
  if (typeof value !== 'object' || value === null || !('type' in value)) return;
  const part = value as Part;
  yield part;
  yield* partsIn(part['components']);
  yield* partsIn(part['component']);
  yield* partsIn(part['accessory']);
}

/** Addresses of all media in components. */
function mediaIn(parts: readonly Part[]): string[] {
  return parts.flatMap((part) => {
    const items = Array.isArray(part['items']) ? (part['items'] as { media: unknown }[]) : [];
    const found = [part['media'], part['file'], ...items.map((item) => item.media)];
    return found.flatMap((item) =>
      typeof item === 'object' && item !== null && 'url' in item ? [String(item.url)] : [],
    );
  });
}
