import { z } from 'zod';

import type { Settings } from '../../config/index.ts';
import { boundedText } from '../../http/bounded-body.ts';
import { withinTime } from '../../http/time-limit.ts';
import type { Check } from './check.ts';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 2 ** 20;

const Models = z.object({ data: z.array(z.object({ id: z.string() })) });

interface Server {
  readonly half: 'REASONER' | 'EDITOR';
  readonly url: string | undefined;
  readonly apiKey: string | undefined;
  readonly model: string | undefined;
}

/** Asks the servers of the settings for their models. */
export function checkServers(settings: Settings): Promise<Check[]> {
  const { REASONER_URL, REASONER_API_KEY, REASONER_MODEL } = settings;
  const { EDITOR_URL, EDITOR_API_KEY, EDITOR_MODEL } = settings;
  return Promise.all([
    check({
      half: 'REASONER',
      url: REASONER_URL,
      apiKey: REASONER_API_KEY,
      model: REASONER_MODEL,
    }),
    check({ half: 'EDITOR', url: EDITOR_URL, apiKey: EDITOR_API_KEY, model: EDITOR_MODEL }),
  ]);
}

async function check({ half, url, apiKey, model }: Server): Promise<Check> {
  const name = `${half.toLowerCase()}'s server`;
  if (url === undefined) {
    const advice = `Nothing to do for the darkroom; the engine "openai" needs ${half}_URL.`;
    return { name, status: 'missing', found: `${half}_URL is not set`, advice };
  }
  const { host } = new URL(url);
  const wrong = (found: string, setting: string): Check => ({
    name,
    status: 'missing',
    found: `${host}: ${found}`,
    advice: `Correct ${half}_${setting}, or see that the server runs.`,
  });
  try {
    const { status, text } = await ask(url, apiKey);
    if (status === 401 || status === 403) return wrong('the key is not accepted', 'API_KEY');
    if (status !== 200) return wrong(`it answers ${status}`, 'URL');
    const names = Models.parse(JSON.parse(text ?? '')).data.map(({ id }) => id);
    const [first] = names;
    if (model !== undefined && !names.includes(model)) return wrong(`no model ${model}`, 'MODEL');
    if (first === undefined) return wrong('no model', 'MODEL');
    return { name, status: 'ok', found: `${host}: ${model ?? first}` };
  } catch {
    return wrong('not reached', 'URL');
  }
}

async function ask(url: string, apiKey: string | undefined) {
  const never = new AbortController();
  return withinTime(TIMEOUT_MS, never, async ({ signal }) => {
    const response = await fetch(`${url.replace(/\/+$/, '')}/models`, {
      signal,
      redirect: 'manual',
      headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
    });
    return { status: response.status, text: await boundedText(response.body, MAX_BYTES) };
  });
}
