import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readTexts } from '../../../../../src/pipeline/engines/reasonedit/reasoner/python-strings.ts';
import { readPrompts } from '../../../../../src/pipeline/engines/reasonedit/reasoner/prompts.ts';
import {
  readReleasedPrompts,
  writeReleasedPrompts,
} from '../../../../../src/pipeline/engines/reasonedit/reasoner/released-prompts.ts';

/** Of the released code's shape; the words are not its own. */
const THINKER = `
class ImageEditEvaluator:
    def build_reformt_prompt(self, source_image_data_url: str, original_instruction: str):
        system_prompt = "not this one"

class ImageEditEvaluator_EN:

    def build_reformt_prompt(self, source_image_data_url: str, original_instruction: str) -> list[dict]:
        language_type = analyze_text(original_instruction)
        system_prompt = (
            "Rewrite, "
            'in "form".'
        )
        user_text = f'''Rewrite {original_instruction}
in {language_type}, as {{"a": 1}}:'''

        return [
            {"role": "system", "content": system_prompt},
            {
                "role": "user",
                "content": [
                    {"type": "image_url", "image_url": {"url": source_image_data_url}},
                    {"type": "text", "text": user_text},
                ],
            },
        ]

    def build_descriptions_messages(self, source_image_data_url: str, instruction_cn: str, language_type=None):
        # system_prompt = (
        #     "an old one"
        # )
        system_prompt = (
            "Describe "
            f"in {language_type}."
        )
        user_text = (
            f"After {instruction_cn}:\\n"
            "- caf\\u00e9\\n"
        )
        return [
            {"role": "system", "content": system_prompt},
            {"role": "user", "content": [
                {"type": "image_url", "image_url": {"url": source_image_data_url}},
                {"type": "text", "text": user_text},
            ]},
        ]

    def _build_scoring_messages(self, img_data_url: str, description: str, instruction: str) -> list[dict]:
        sys_prompt = "Judge."
        user_prompt = f'''{instruction}: {description}'''
        return [
            {"role": "system", "content": sys_prompt},
            {"role": "user", "content": [
                {"type": "text", "text": user_prompt},
                {"type": "image_url", "image_url": {"url": img_data_url}},
            ]},
        ]

    def _build_reflection_messages(self, src_img_data_url, tgt_img_data_url, instruction_cn, prior_score, prior_reason):
        prior_text = f'''{instruction_cn} <#Think> {prior_score} {prior_reason}'''
        sys = "Conclude."
        return [
            {"role": "system", "content": sys},
            {"role": "user", "content": [
                {"type": "image_url", "image_url": {"url": src_img_data_url}},
                {"type": "image_url", "image_url": {"url": tgt_img_data_url}},
                {"type": "text", "text": prior_text},
            ]},
        ]

    def _build_score1_messages(self, src_img_data_url: str, tgt_img_data_url: str, instruction_cn: str):
        PART_1 = """Give { "score": [] }"""
        PART_2 = """for <instruction>"""
        last = PART_2.replace("<instruction>", instruction_cn)
        user_text = f"{PART_1}\\n{last}"
        sys = "Score."
        return [
            {"role": "system", "content": sys},
            {"role": "user", "content": [
                {"type": "image_url", "image_url": {"url": src_img_data_url}},
                {"type": "image_url", "image_url": {"url": tgt_img_data_url}},
                {"type": "text", "text": user_text},
            ]},
        ]

    def _build_score2_messages(self, tgt_img_data_url: str, instruction_cn: str):
        user_text = "How natural?"
        sys = "Score."
        return [
            {"role": "system", "content": sys},
            {"role": "user", "content": [
                {"type": "image_url", "image_url": {"url": tgt_img_data_url}},
                {"type": "text", "text": user_text},
            ]},
        ]
`;

const PIPELINE = `
EDIT_PREFIX = """Look.\\u0020
Then:"""  # noqa

class Pipeline:
    def __init__(self):
        self.QWEN25VL_PREFIX_LEN = 90
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'released-'));
  const inside = join(folder, 'src', 'diffusers', 'pipelines', 'step1x_edit');
  await mkdir(inside, { recursive: true });
  await writeFile(join(inside, 'pipeline_step1x_edit_thinker.py'), THINKER);
  await writeFile(join(inside, 'pipeline_step1x_edit_v1p2.py'), PIPELINE);
});
afterAll(() => rm(folder, { recursive: true }));

describe('prompts of the released code', () => {
  it('are taken out of a copy of it', async () => {
    expect(await readReleasedPrompts(folder)).toEqual({
      condition: { text: 'Look. \nThen:', tokens: 90 },
      think: {
        system: 'Rewrite, in "form".',
        user: '{source}Rewrite {request}\nin {language}, as {"a": 1}:',
      },
      describe: {
        system: 'Describe in {language}.',
        user: '{source}After {instruction}:\n- café\n',
      },
      assess: { system: 'Judge.', user: '{instruction}: {description}{edited}' },
      conclude: {
        system: 'Conclude.',
        user: '{source}{edited}{instruction} <#Think> {score} {reason}',
      },
      scoreEdit: {
        system: 'Score.',
        user: '{source}{edited}Give { "score": [] }\nfor {instruction}',
      },
      scoreQuality: { system: 'Score.', user: '{edited}How natural?' },
    });
  });

  it('are put where the engine finds them', async () => {
    await writeReleasedPrompts(folder, folder);
    expect(await readPrompts(folder)).toEqual(await readReleasedPrompts(folder));
  });

  it('are missed where they are not', async () => {
    await expect(readReleasedPrompts('/nowhere')).rejects.toMatchObject({ code: 'BAD_USAGE' });
    const other = await mkdtemp(join(tmpdir(), 'released-'));
    await writeFile(join(other, 'pipeline_step1x_edit_v1p2.py'), PIPELINE);
    const thinker = THINKER.replace('_build_scoring_messages', '_renamed');
    await writeFile(join(other, 'pipeline_step1x_edit_thinker.py'), thinker);
    await expect(readReleasedPrompts(other)).rejects.toMatchObject({
      code: 'BAD_USAGE',
      message: expect.stringContaining('assess'),
    });
    await rm(other, { recursive: true });
  });
});

describe('strings of Python', () => {
  it.each([
    [String.raw`a = "x\ty"`, 'x\ty'],
    [`a = ('x' "y"\n  '''z''')`, 'xyz'],
    [`a = f"{b}"`, '{b}'],
    [`b = "1"\na = f"{b}{{}}"`, '1{}'],
    ['a = """x\\\ny"""', 'xy'],
  ])('in %j', (code, text) => {
    expect(readTexts(code, (name) => name).get('a')).toBe(text);
  });
});
