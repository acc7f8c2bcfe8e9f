import { z } from 'zod';

import type { WorkspaceSettingsChange } from '../../workspace-settings.ts';
import { FORM } from './form.ts';
import type { FormSubmission } from './payloads.ts';

const Filled = {
  channels: z.object({ selected_conversations: z.array(z.string()).nullish() }),
  number: z.object({ value: z.string().nullish() }),
  choices: z.object({ selected_options: z.array(z.object({ value: z.string() })).nullish() }),
};

/** What an admin decided in the settings form: all of it, as the form shows what holds. */
export function settingsIn({ view }: FormSubmission): WorkspaceSettingsChange {
  const { values } = view.state;
  const fill = <T>(name: string, schema: z.ZodType<T>): T | undefined =>
    schema.safeParse(values[name]?.[name]).data;
  const count = (name: string): number | null => {
    const number = Number(fill(name, Filled.number)?.value ?? '');
    return Number.isInteger(number) && number > 0 ? number : null;
  };
  return {
    channels: fill(FORM.channels, Filled.channels)?.selected_conversations ?? [],
    dailyPerPerson: count(FORM.daily),
    maxRounds: count(FORM.rounds),
    followUps: (fill(FORM.followUps, Filled.choices)?.selected_options ?? []).length > 0,
  };
}
