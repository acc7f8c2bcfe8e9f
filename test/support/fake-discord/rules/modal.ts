import { ComponentType } from 'discord.js';
import { z } from 'zod';

import { invalidForm } from '../api-error.ts';

const customId = z.string().min(1).max(100);
const id = z.int().optional();
const count = (max: number) => z.int().min(0).max(max).optional();

const TextInput = z.strictObject({
  type: z.literal(ComponentType.TextInput),
  id,
  custom_id: customId,
  style: z.int().min(1).max(2),
  label: z.string().min(1).max(45).optional(),
  min_length: count(4_000),
  max_length: z.int().min(1).max(4_000).optional(),
  required: z.boolean().optional(),
  value: z.string().max(4_000).optional(),
  placeholder: z.string().max(100).optional(),
});
const FileUpload = z.strictObject({
  type: z.literal(ComponentType.FileUpload),
  id,
  custom_id: customId,
  min_values: count(10),
  max_values: z.int().min(1).max(10).optional(),
  required: z.boolean().optional(),
  file_types: z.array(z.string()).optional(),
});
const StringSelect = z.strictObject({
  type: z.literal(ComponentType.StringSelect),
  id,
  custom_id: customId,
  placeholder: z.string().max(150).optional(),
  min_values: count(25),
  max_values: count(25),
  required: z.boolean().optional(),
  options: z
    .array(
      z.strictObject({
        label: z.string().min(1).max(100),
        value: z.string().min(1).max(100),
        description: z.string().min(1).max(100).optional(),
        default: z.boolean().optional(),
        emoji: z.looseObject({}).optional(),
      }),
    )
    .min(1)
    .max(25),
});
const EntitySelect = z.looseObject({
  type: z.union([z.literal(5), z.literal(6), z.literal(7), z.literal(8)]),
  id,
  custom_id: customId,
  min_values: count(25),
  max_values: count(25),
  required: z.boolean().optional(),
  placeholder: z.string().max(150).optional(),
});
const Label = z.strictObject({
  type: z.literal(ComponentType.Label),
  id,
  label: z.string().min(1).max(45),
  description: z.string().min(1).max(100).optional(),
  component: z.union([TextInput.omit({ label: true }), FileUpload, StringSelect, EntitySelect]),
});
const TextDisplay = z.strictObject({
  type: z.literal(ComponentType.TextDisplay),
  id,
  content: z.string().min(1).max(4_000),
});
const ActionRow = z.strictObject({
  type: z.literal(ComponentType.ActionRow),
  id,
  components: z.array(TextInput.required({ label: true })).length(1),
});

const Modal = z.strictObject({
  custom_id: customId,
  title: z.string().min(1).max(45),
  components: z
    .array(z.union([Label, TextDisplay, ActionRow]))
    .min(1)
    .max(5),
});

/** A form as a person sees it. */
export type ModalForm = z.infer<typeof Modal>;

/** Holds a form against the rules. Throws what the platform answers. */
export function readModal(data: unknown): ModalForm {
  const parsed = Modal.safeParse(data);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = ['data', ...(issue?.path ?? [])].join('.');
    throw invalidForm(path, 'BASE_TYPE_INVALID', issue?.message ?? '');
  }
  const ids = fieldsOf(parsed.data).map(({ field }) => field.custom_id);
  if (new Set(ids).size < ids.length) {
    throw invalidForm('data.components', 'COMPONENT_CUSTOM_ID_DUPLICATED', 'used twice');
  }
  return parsed.data;
}

/** The fields of a form that can be filled in, with what is said of them. */
export function fieldsOf({ components }: ModalForm) {
  return components.flatMap((component) => {
    if (component.type === ComponentType.TextDisplay) return [];
    if (component.type === ComponentType.Label) {
      return [{ label: component.label, field: component.component }];
    }
    return component.components.map((field) => ({ label: field.label, field }));
  });
}
