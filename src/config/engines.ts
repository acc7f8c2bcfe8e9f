import { z } from 'zod';

import { darkroomOptions, type DarkroomSettings } from './darkroom.ts';
import type { EngineEnvironment } from './environment.ts';
import { names, positive, text, whole } from './kinds.ts';
import { openaiOptions, type OpenaiSettings } from './openai.ts';
import { reasoneditOptions, type ReasoneditSettings } from './reasonedit.ts';

/** Engines of two halves: `name=reasoner+editor`, parted by commas. */
const pairs = names.transform((entries, context) =>
  entries.map((entry) => {
    const [, name = '', reasoner = '', editor = ''] =
      /^([\w-]+)\s*=\s*([\w-]+)\s*\+\s*([\w-]+)$/.exec(entry) ?? [];
    if (name === '') context.addIssue('each entry is to read name=reasoner+editor');
    return { name, reasoner, editor };
  }),
);

/** Which engines there are, and what their processes may take. */
export const EngineSettings = z.object({
  ENGINE: text.optional(),
  ENGINES: names.optional(),
  ENGINE_PAIRS: pairs.default([]),
  ENGINE_MEMORY_MEGABYTES: positive.default(4_096),
  GPU: whole(0).optional(),
});

type EngineSettings = z.infer<typeof EngineSettings>;

/** The engine that edits when none is named: the one of servers where both are there. */
export function defaultEngine({
  ENGINE,
  REASONER_URL,
  EDITOR_URL,
}: Pick<EngineSettings, 'ENGINE'> & Pick<OpenaiSettings, 'REASONER_URL' | 'EDITOR_URL'>): string {
  const hasServers = REASONER_URL !== undefined && EDITOR_URL !== undefined;
  return ENGINE ?? (hasServers ? 'openai' : 'darkroom');
}

/** What the settings say to each engine, as plain data; keys go to its process by no other way. */
export function engineOptions(
  settings: Pick<EngineSettings, 'ENGINE_PAIRS'> &
    DarkroomSettings &
    OpenaiSettings &
    ReasoneditSettings,
): Record<string, Record<string, unknown>> {
  return {
    darkroom: darkroomOptions(settings),
    openai: openaiOptions(settings),
    reasonedit: reasoneditOptions(settings),
    ...Object.fromEntries(settings.ENGINE_PAIRS.map(({ name, ...pair }) => [name, { pair }])),
  };
}

/** What the settings add to the environment of an engine's process. */
export function engineEnvironment({ GPU }: Pick<EngineSettings, 'GPU'>): EngineEnvironment {
  return { ...(GPU !== undefined && { CUDA_VISIBLE_DEVICES: String(GPU) }) };
}
