import { ComponentType } from 'discord.js';

import { keepFile } from '../files.ts';
import { filePayload } from '../payloads/message.ts';
import { channelPayload } from '../payloads/places.ts';
import { rolePayload, userPayload } from '../payloads/people.ts';
import type { FakeChannel, SentFile } from '../records.ts';
import { fieldsOf, type ModalForm } from '../rules/modal.ts';
import type { World } from '../world.ts';

/** What a person fills in, by the field's `custom_id` or its label. Of people, channels and roles: ids. */
export type Filled = Readonly<Record<string, string | readonly (string | SentFile)[]>>;

/** The data of a form that was sent off, as the platform hands it to the bot; throws where it would not let it go. */
export async function modalData(
  world: World,
  channel: FakeChannel,
  form: ModalForm,
  filled: Filled,
): Promise<object> {
  const resolved: Record<string, Record<string, object>> = {};
  const add = (kind: string, id: string, payload: object) => {
    resolved[kind] = { ...resolved[kind], [id]: payload };
  };
  const answers = new Map<string, object>();
  const known = fieldsOf(form);
  const unknown = Object.keys(filled).find(
    (name) => !known.some(({ label, field }) => name === label || name === field.custom_id),
  );
  if (unknown !== undefined) throw new Error(`The form has no field ${unknown}.`);
  for (const { label, field } of known) {
    const given = filled[field.custom_id] ?? filled[label];
    const { type, custom_id, required = true } = field;
    if (type === ComponentType.TextInput) {
      const value = given ?? ('value' in field ? field.value : undefined) ?? '';
      if (typeof value !== 'string') throw new Error(`${label} takes words.`);
      const { min_length: min = 0, max_length: max = 4_000 } = field;
      if (value === '' ? required : value.length < min || value.length > max) {
        throw new Error(`${label} takes ${min} to ${max} characters.`);
      }
      answers.set(custom_id, { type, id: 0, custom_id, value });
      continue;
    }
    const chosen = typeof given === 'string' ? [given] : (given ?? []);
    const min = field['min_values'] ?? (required ? 1 : 0);
    const max = field['max_values'] ?? 1;
    const isTooFew = chosen.length < min && (required || chosen.length > 0);
    if (isTooFew || chosen.length > max) throw new Error(`${label} takes ${min} to ${max}.`);
    const values: string[] = [];
    for (const one of chosen) {
      if (typeof one !== 'string') {
        const file = await keepFile(world, channel.id, one, true);
        add('attachments', file.id, filePayload(world, file));
        values.push(file.id);
        continue;
      }
      values.push(one);
      const role = world.guildOf(channel)?.roles.find(({ id }) => id === one);
      const user = world.users.get(one);
      const place = world.channels.get(one);
      if (role) add('roles', one, rolePayload(role, 1));
      else if (user) add('users', one, userPayload(user));
      else if (place) add('channels', one, { ...channelPayload(world, place), permissions: '0' });
    }
    answers.set(custom_id, { type, id: 0, custom_id, values });
  }
  const components = form.components.map((component, index) => {
    const { type } = component;
    const id = index + 1;
    if (type === ComponentType.TextDisplay) return { type, id };
    if (type === ComponentType.Label) {
      return { type, id, component: answers.get(component.component.custom_id) };
    }
    return { type, id, components: component.components.map((one) => answers.get(one.custom_id)) };
  });
  return {
    custom_id: form.custom_id,
    components,
    ...(Object.keys(resolved).length > 0 && { resolved }),
  };
}
