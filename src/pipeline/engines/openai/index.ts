import { AppError } from '../../../errors.ts';
import { relayed } from '../../relayed.ts';
import type {
  EditInput,
  EditStep,
  Engine,
  EngineCall,
  EngineSettings,
  Editor,
  Reasoner,
  ReflectInput,
  Reflection,
  ThinkInput,
  Thought,
} from '../../types.ts';
import type { EncodedImage } from '../../../image/types.ts';
import { Chat } from './chat.ts';
import { Painter } from './edit.ts';
import { Meter } from './meter.ts';
import { Options, type Price } from './options.ts';
import { loadPrompts } from './prompts.ts';
import { reflect } from './reflect.ts';
import { Server } from './server.ts';
import { Targets } from './targets.ts';
import { think } from './think.ts';

type Prices = Readonly<Record<string, Price>>;

/**
 * Any model behind servers that speak OpenAI's protocol: one that sees thinks and judges, one that
 * paints edits.
 * @throws {AppError} `BAD_SETTINGS` for options it does not know, without the address of a half that is
 *   wanted, and for prompts that do not fit.
 */
export async function createEngine({ name, options, half }: EngineSettings): Promise<Engine> {
  const parsed = Options.safeParse(options);
  if (!parsed.success) {
    throw new AppError('BAD_SETTINGS', `The options of the engine "${name}" are wrong.`, {
      cause: parsed.error,
    });
  }
  const { prices, previews } = { ...parsed.data, previews: parsed.data.editor?.previews ?? 0 };
  const servers: Server[] = [];
  const open = (server: Server): Server => {
    servers.push(server);
    return server;
  };
  return {
    name,
    capabilities: { seeded: true, previews: previews > 0, maxImages: 4, masks: true },
    reasoner: half === 'editor' ? NO_REASONER : await openReasoner(parsed.data, prices, open),
    editor: half === 'reasoner' ? NO_EDITOR : openEditor(parsed.data, prices, open),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

async function openReasoner(
  { reasoner, prompts: folder }: Options,
  prices: Prices,
  open: (server: Server) => Server,
): Promise<Reasoner> {
  if (!reasoner) throw missing('REASONER_URL');
  const prompts = await loadPrompts(folder);
  const chat = new Chat(open(new Server('REASONER', reasoner)));
  const judges = { chat, prompts, targets: new Targets(chat, prompts) };
  return {
    think: (input: ThinkInput, call) =>
      relayed<string, Thought>(
        (say, inner) =>
          metered(prices, call, (meter) => think({ chat, prompts }, input, say, meter, inner)),
        call,
      ),
    reflect: (input: ReflectInput, call) =>
      relayed<string, Reflection>(
        (say, inner) => metered(prices, call, (meter) => reflect(judges, input, say, meter, inner)),
        call,
      ),
  };
}

function openEditor({ editor }: Options, prices: Prices, open: (server: Server) => Server): Editor {
  if (!editor) throw missing('EDITOR_URL');
  const painter = new Painter(open(new Server('EDITOR', editor)), editor);
  return {
    repaints: true,
    edit: (input: EditInput, call) =>
      relayed<EditStep, EncodedImage>(
        (tell, inner) => metered(prices, call, (meter) => painter.paint(input, tell, meter, inner)),
        call,
      ),
  };
}

/** Tells what a call took, also one that failed. */
async function metered<Value>(
  prices: Prices,
  { note }: EngineCall,
  work: (meter: Meter) => Promise<Value>,
): Promise<Value> {
  const meter = new Meter(prices);
  try {
    return await work(meter);
  } finally {
    const usage = meter.read();
    if (usage) note?.({ kind: 'used', usage });
  }
}

function missing(setting: string): AppError {
  return new AppError('BAD_SETTINGS', `The engine "openai" needs ${setting}; set it.`);
}

const NOT_OPENED = (): never => {
  throw new Error('This half of the engine was not asked for.');
};
const NO_REASONER: Reasoner = { think: NOT_OPENED, reflect: NOT_OPENED };
const NO_EDITOR: Editor = { edit: NOT_OPENED };
