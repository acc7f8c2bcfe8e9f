import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { EncodedImage } from '../../../../../src/image/types.ts';
import { writePng } from '../../../../../src/pipeline/engines/reasonedit/picture-file.ts';
import { Qwen, type Chat } from '../../../../../src/pipeline/engines/reasonedit/qwen/qwen.ts';
import {
  GREEDY,
  TextModel,
} from '../../../../../src/pipeline/engines/reasonedit/qwen/text-model.ts';
import { VisionTower } from '../../../../../src/pipeline/engines/reasonedit/qwen/vision-tower.ts';
import { DEFAULT_PROMPTS } from '../../../../../src/pipeline/engines/reasonedit/reasoner/default-prompts.ts';
import { fillPrompt } from '../../../../../src/pipeline/engines/reasonedit/reasoner/fill-prompt.ts';
import {
  PROMPTS_FILE,
  readPrompts,
} from '../../../../../src/pipeline/engines/reasonedit/reasoner/prompts.ts';
import {
  createReasoner,
  REASONER_AS_RELEASED,
  REASONER_DEFAULTS,
  type Answering,
} from '../../../../../src/pipeline/engines/reasonedit/reasoner/reasoner.ts';
import type { ReflectInput, ThinkInput } from '../../../../../src/pipeline/types.ts';
import { FACTS, gradient, QWEN, writeQwenGraphs } from '../../../../support/qwen-reference.ts';

const never = { signal: new AbortController().signal };

let base: EncodedImage;
let edited: EncodedImage;
beforeAll(async () => {
  base = await writePng(gradient(120, 90));
  edited = await writePng(gradient(90, 120));
});

const reflectInput = (more: Partial<ReflectInput> = {}): ReflectInput => ({
  prompt: 'make it nice',
  target: 'Make the sky blue.',
  instruction: 'Make the sky blue.',
  base,
  edited,
  references: [],
  round: 1,
  seed: 7,
  ...more,
});

const thinkInput = (more: Partial<ThinkInput> = {}): ThinkInput => ({
  prompt: 'make it nice',
  source: base,
  latest: base,
  references: [],
  history: [],
  exchanges: [],
  seed: 7,
  ...more,
});

async function drive<Result>(
  generator: AsyncGenerator<string, Result>,
): Promise<{ result: Result; heard: string }> {
  let heard = '';
  let next = await generator.next();
  for (; !next.done; next = await generator.next()) heard += next.value;
  return { result: next.value, heard };
}

const KINDS = ['think', 'describe', 'assess', 'conclude', 'scoreEdit', 'scoreQuality'] as const;
type Kind = (typeof KINDS)[number];

/** Answers by a script, each kind of question in turn; what it has no answer for fails the test. */
function scripted(script: Partial<Record<Kind, string[]>>) {
  const asked: { kind: Kind; chat: Chat; seed: number }[] = [];
  const model: Answering = {
    repetitionPenalty: 1,
    async *answer(chat, { seed }) {
      await Promise.resolve();
      const said = chat.user.filter((part) => typeof part === 'string').join('');
      // Each prompt is known by its longest line, which no field changes.
      const kind = KINDS.find((name) => said.includes(fixedLineOf(DEFAULT_PROMPTS[name].user)));
      const answer = kind && script[kind]?.shift();
      if (kind === undefined || answer === undefined) throw new Error(`no answer for ${kind}`);
      asked.push({ kind, chat, seed });
      for (const piece of answer.match(/.{1,5}/gs) ?? []) yield piece;
      return answer;
    },
  };
  return { open: () => Promise.resolve(model), asked };
}

const fixedLineOf = (prompt: string): string =>
  prompt
    .split('\n')
    .filter((line) => !/\{\w+\}/.test(line))
    .toSorted((a, b) => b.length - a.length)[0] ?? '';

const ASSESSED = '{"meets_instruction": "yes", "raw_score": 9, "reason": "the sky is blue"}';
const SCORED = '{"score": [8, 9], "reasoning": ""}';

describe('thinking', () => {
  it('is heard as it comes, and ends in a plan', async () => {
    const { open, asked } = scripted({
      think: ['<#Think> A grey sky. <#Instruction> Make the sky blue.'],
    });
    const reasoner = createReasoner(open, DEFAULT_PROMPTS, REASONER_DEFAULTS);
    const { result, heard } = await drive(reasoner.think(thinkInput(), never));
    expect(heard.trim()).toBe('A grey sky.');
    expect(result).toEqual({
      kind: 'plan',
      reasoning: 'A grey sky.',
      instruction: 'Make the sky blue.',
      base: 'latest',
    });
    expect(asked[0]?.chat.user[0]).toBe(base);
  });

  it('knows what was said and done before', async () => {
    const { open, asked } = scripted({ think: ['Make the dog white.'] });
    const reasoner = createReasoner(open, DEFAULT_PROMPTS, REASONER_DEFAULTS);
    const input = thinkInput({
      prompt: 'the big one',
      latest: edited,
      history: [{ prompt: 'a', instruction: 'Add a dog.', base: 'latest' }],
      exchanges: [{ prompt: 'make the dog white', question: 'Which dog?' }],
    });
    await drive(reasoner.think(input, never));
    const [picture, words] = asked[0]?.chat.user ?? [];
    expect(picture).toBe(edited);
    expect(words).toContain('make the dog white\nthe big one');
    expect(words).toContain('"Add a dog."');
  });
});

describe('reflecting', () => {
  const round = (conclude: string[]): Partial<Record<Kind, string[]>> => ({
    describe: ['A blue sky.'],
    assess: [ASSESSED],
    conclude,
    scoreEdit: [SCORED],
    scoreQuality: ['{"score": [7, 6]}'],
  });

  it('asks five questions and lets the reasoning be heard', async () => {
    const { open, asked } = scripted(round(['<#Think> Still grey. <#Reflection> Make it bluer.']));
    const reasoner = createReasoner(open, DEFAULT_PROMPTS, REASONER_DEFAULTS);
    const { result, heard } = await drive(reasoner.reflect(reflectInput(), never));
    expect(heard.trim()).toBe('Still grey.');
    expect(result).toEqual({
      critique: 'Still grey.',
      verdict: 'refine',
      nextInstruction: 'Make it bluer.',
      scores: { editSuccess: 8, overEdit: 9, naturalness: 7, artifacts: 6 },
    });
    expect(asked.map(({ kind }) => kind)).toEqual([
      'describe',
      'assess',
      'conclude',
      'scoreEdit',
      'scoreQuality',
    ]);
    const pictures = asked.map(({ chat }) => chat.user.filter((part) => typeof part !== 'string'));
    expect(pictures).toEqual([[base], [edited], [base, edited], [base, edited], [edited]]);
    const said = asked.map(({ chat }) => chat.user.at(-1) as string);
    expect(said[1]).toContain('A blue sky.');
    expect(said[1]).toContain('make it nice');
    expect(said[2]).toContain('make it nice');
    expect(said[2]).toContain('9 of 10: the sky is blue');
  });

  it('works out once what the result is to show', async () => {
    const first = round(['<#Think> a <#Failed>']);
    const script = {
      ...first,
      assess: [ASSESSED, ASSESSED],
      conclude: ['<#Think> a <#Failed>', '<#Think> b <#Success>'],
      scoreEdit: [SCORED, SCORED],
      scoreQuality: [SCORED, SCORED],
    };
    const { open, asked } = scripted(script);
    const reasoner = createReasoner(open, DEFAULT_PROMPTS, REASONER_DEFAULTS);
    await drive(reasoner.reflect(reflectInput(), never));
    const { result } = await drive(reasoner.reflect(reflectInput({ round: 2, seed: 8 }), never));
    expect(result.verdict).toBe('success');
    expect(asked.filter(({ kind }) => kind === 'describe')).toHaveLength(1);
  });

  it('asks again, with another seed, what it could not read, and gives up in the end', async () => {
    const { open, asked } = scripted({
      ...round(['it is fine', '<#Think> fine', 'fine <#Success>']),
      assess: ['nine', ASSESSED],
      scoreEdit: ['8', '9', '{"score": [1'],
    });
    const reasoner = createReasoner(open, DEFAULT_PROMPTS, REASONER_DEFAULTS);
    const { result } = await drive(reasoner.reflect(reflectInput(), never));
    expect(result).toMatchObject({
      verdict: 'revert',
      scores: { editSuccess: 0, overEdit: 0, naturalness: 7 },
    });
    const seeds = asked.map(({ seed }) => seed);
    expect(new Set(seeds).size).toBe(seeds.length);
  });

  it('is the same for the same seed', async () => {
    const seedsOf = async (): Promise<number[]> => {
      const { open, asked } = scripted(round(['<#Think> a <#Success>']));
      await drive(
        createReasoner(open, DEFAULT_PROMPTS, REASONER_AS_RELEASED).reflect(reflectInput(), never),
      );
      return asked.map(({ seed }) => seed);
    };
    expect(await seedsOf()).toEqual(await seedsOf());
  });
});

describe('prompts', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'prompts-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("are the project's own, or those beside the checkpoint", async () => {
    expect(await readPrompts(folder)).toBe(DEFAULT_PROMPTS);
    const own = { ...DEFAULT_PROMPTS, condition: { text: 'Edit:', tokens: 90 } };
    await writeFile(join(folder, PROMPTS_FILE), JSON.stringify(own));
    expect(await readPrompts(folder)).toEqual(own);
    await writeFile(join(folder, PROMPTS_FILE), JSON.stringify({ ...own, think: { system: '' } }));
    await expect(readPrompts(folder)).rejects.toMatchObject({
      code: 'CHECKPOINT_UNUSABLE',
      message: expect.stringContaining('think.user'),
    });
  });
});

describe('with the real model', () => {
  let checkpoint: string;
  let qwen: Qwen;
  beforeAll(async () => {
    checkpoint = await mkdtemp(join(tmpdir(), 'checkpoint-'));
    await cp(join(QWEN, 'processor'), join(checkpoint, 'processor'), { recursive: true });
    await cp(join(QWEN, 'text_encoder'), join(checkpoint, 'text_encoder'), { recursive: true });
    await writeQwenGraphs(join(checkpoint, 'text_encoder'), 'float32');
    qwen = await Qwen.open(checkpoint, 'float32', { provider: 'cpu', threads: 1 });
  });
  afterAll(async () => {
    await qwen[Symbol.asyncDispose]();
    await rm(checkpoint, { recursive: true });
  });

  /** Random weights write nothing that can be read: few tokens and one attempt are enough. */
  const short = { ...REASONER_DEFAULTS, maxTokens: 20, attempts: 1 };

  it("answers as the released loop's client, one question after the other", async () => {
    const source = await writePng(gradient(616, 448));
    const result = await writePng(gradient(448, 616));
    for (const { user, system, answer } of FACTS.released_client) {
      const chat = fillPrompt({ system, user: user.join('') }, { source, edited: result });
      const options = { ...GREEDY, maxTokens: 128, seed: 1, stopAfter: [] };
      const { result: said } = await drive(qwen.answer(chat, options, never));
      expect(said.trim()).toBe(answer.replace(/\uFFFD+$/, '').trim());
    }
  });

  it('thinks and reflects, the same for the same seed', async () => {
    const reasoner = createReasoner(() => Promise.resolve(qwen), DEFAULT_PROMPTS, short);
    const thought = await drive(reasoner.think(thinkInput(), never));
    expect(thought.heard).not.toBe('');
    expect(await drive(reasoner.think(thinkInput(), never))).toEqual(thought);
    expect(await drive(reasoner.think(thinkInput({ seed: 8 }), never))).not.toEqual(thought);
    const { result } = await drive(reasoner.reflect(reflectInput(), never));
    expect(result.verdict).toBe('revert');
  });

  it('looks at each picture once, and reads once what its questions begin with', async () => {
    const look = vi.spyOn(VisionTower.prototype, 'encode');
    const write = vi.spyOn(TextModel.prototype, 'write');
    const own = await writePng(gradient(100, 100));
    const result = await writePng(gradient(101, 100));
    const reasoner = createReasoner(() => Promise.resolve(qwen), DEFAULT_PROMPTS, short);
    await drive(reasoner.think(thinkInput({ latest: own }), never));
    await drive(reasoner.reflect(reflectInput({ base: own, edited: result }), never));
    expect(look).toHaveBeenCalledTimes(2);
    const pictured = write.mock.calls
      .filter(([{ features }]) => features.length > 0)
      .map(([{ tokens }]) => tokens.filter((token) => token === 524).length);
    const tokens = 19 * 19;
    // The source when thinking, the result when it is assessed alone, and when it follows the source.
    expect(pictured).toEqual([tokens, tokens, tokens]);
    vi.restoreAllMocks();
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const reasoner = createReasoner(
      () => Promise.resolve(qwen),
      DEFAULT_PROMPTS,
      REASONER_DEFAULTS,
    );
    const thinking = reasoner.think(thinkInput(), { signal: controller.signal });
    await thinking.next();
    controller.abort(new Error('enough'));
    await expect(drive(thinking)).rejects.toThrow('enough');
  });
});
