import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  fillPrompt,
  languageOf,
} from '../../../../../src/pipeline/engines/reasonedit/reasoner/fill-prompt.ts';
import {
  readAssessment,
  readConclusion,
  readScores,
  readThought,
} from '../../../../../src/pipeline/engines/reasonedit/reasoner/readings.ts';
import { visibleSoFar } from '../../../../../src/pipeline/engines/reasonedit/reasoner/tags.ts';
import type { EncodedImage } from '../../../../../src/image/types.ts';

describe('a thought', () => {
  it('has its reasoning and its instruction after their marks', () => {
    expect(readThought('<#Think> A dog. <#Instruction> Make the dog white.', 'white!')).toEqual({
      kind: 'plan',
      reasoning: 'A dog.',
      instruction: 'Make the dog white.',
      base: 'latest',
    });
  });

  it('is the instruction alone where the model was tuned to write no marks', () => {
    expect(readThought('  Make the dog white.\n', 'white!')).toMatchObject({
      reasoning: '',
      instruction: 'Make the dog white.',
    });
  });

  it('may go back to the first picture', () => {
    expect(readThought('<#Think> x <#Again> Make all grey.', 'grey')).toMatchObject({
      instruction: 'Make all grey.',
      base: 'source',
    });
  });

  it('may be a question', () => {
    expect(readThought('<#Question> Which dog?', 'it')).toEqual({
      kind: 'question',
      text: 'Which dog?',
    });
  });

  it.each(['', ' \n', '<#Think> hm', '<#Think> a <#Instruction> '])(
    'leaves the request as it is after %j',
    (answer) => {
      expect(readThought(answer, 'make it pop')).toMatchObject({ instruction: 'make it pop' });
    },
  );
});

describe('a conclusion', () => {
  it.each([
    ['<#Think> Good. <#Success>', { critique: 'Good.', verdict: 'success' }],
    ['<#Think> Odd. <#Others> thing', { critique: 'Odd.', verdict: 'success' }],
    ['<#Think> Broken. <#Failed>', { critique: 'Broken.', verdict: 'revert' }],
    [
      'Well: <#Think> Less. <#Reflection> Add a hat.',
      { critique: 'Less.', verdict: 'refine', nextInstruction: 'Add a hat.' },
    ],
  ])('is read from %j', (answer, conclusion) => {
    expect(readConclusion(answer)).toEqual(conclusion);
  });

  it.each([
    '',
    'It is good.',
    '<#Success>',
    '<#Success> <#Think> good',
    '<#Think> good',
    '<#Think> a <#Success> <#Failed>',
    '<#Think> a <#Reflection> ',
    '<#Think> a <#Think> b <#Success>',
    '<#Think> a <#Instruction> b',
  ])('is not read from %j', (answer) => {
    expect(readConclusion(answer)).toBeUndefined();
  });
});

describe('an assessment', () => {
  const json = (values: object): string =>
    JSON.stringify({
      meets_instruction: 'yes',
      major_conflicts: 0,
      minor_conflicts: 0,
      omissions: 0,
      raw_score: 9.5,
      reason: 'ok',
      ...values,
    });

  it.each([
    [{}, 9.5],
    [{ raw_score: '8' }, 8],
    [{ raw_score: 0.9 }, 9],
    [{ raw_score: 14 }, 10],
    [{ raw_score: -3 }, 0],
    [{ meets_instruction: 'No' }, 2],
    [{ meets_instruction: 'partial' }, 5],
    [{ meets_instruction: 'mostly' }, 8.99],
    [{ major_conflicts: 1 }, 8],
    [{ major_conflicts: 2 }, 5],
    [{ omissions: 1 }, 7],
    [{ omissions: 'none' }, 9.5],
    [{ hallucinations: 3 }, 7],
    [{ minor_conflicts: 4 }, 9.5],
    [{ meets_instruction: 'no', raw_score: 1.5, major_conflicts: 3 }, 1.5],
  ])('with %j is worth %d', (values, score) => {
    expect(readAssessment(json(values))).toEqual({ score, reason: 'ok' });
  });

  it('is found among other words', () => {
    expect(readAssessment(`Here:\n\`\`\`json\n${json({})}\n\`\`\``)?.score).toBe(9.5);
  });

  it.each(['', 'ten', '{"raw_score": 9', '{"reason": "a"}', '[1]'])(
    'is not found in %j',
    (answer) => {
      expect(readAssessment(answer)).toBeUndefined();
    },
  );

  it('never has a score outside of 0 to 10, and never throws', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.jsonValue(),
        fc.jsonValue(),
        (meets_instruction, raw_score, omissions) => {
          const { score = 5 } =
            readAssessment(json({ meets_instruction, raw_score, omissions })) ?? {};
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(10);
        },
      ),
    );
  });
});

describe('scores', () => {
  it.each([
    ['{"score": [7, 8.5], "reasoning": "x"}', [7, 8.5]],
    ['```json\n{"score": ["7", 12, 3]}\n```', [7, 10]],
    ['{"score": [7]}', undefined],
    ['{"score": 7}', undefined],
    ['{"score": ["a", 2]}', undefined],
    ['seven', undefined],
  ])('of %j', (answer, scores) => {
    expect(readScores(answer)).toEqual(scores);
  });
});

describe('what people see of an answer', () => {
  it.each([
    ['<#Th', ''],
    ['<#Think> A dog', 'A dog'],
    ['<#Think> A dog <', 'A dog '],
    ['<#Think> A dog <#Succ', 'A dog '],
    ['<#Think> A dog <#Success>', 'A dog '],
    ['<#Think> 3 < 4, so', '3 < 4, so'],
    ['<#Instruction> Do it', ''],
    ['Make it white', 'Make it white'],
  ])('of %j is %j', (answer, visible) => {
    expect(visibleSoFar(answer)).toBe(visible);
  });

  it('only grows, however the answer is cut', () => {
    const piece = fc.constantFrom(
      '<#Think>',
      '<#Success>',
      '<#Instruction>',
      '<',
      '#',
      'Think',
      '>',
      ' dog',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const answer = pieces.join('');
        let before = '';
        for (let end = 0; end <= answer.length; end++) {
          const visible = visibleSoFar(answer.slice(0, end));
          expect(visible.startsWith(before)).toBe(true);
          before = visible;
        }
      }),
    );
  });
});

describe('a prompt', () => {
  const picture: EncodedImage = { bytes: new Uint8Array(), format: 'png', width: 1, height: 1 };

  it('has pictures and words where it names them', () => {
    const prompt = {
      system: 'In {language}.',
      user: '{source}{edited} {"score": [1]} {request}; {instruction}{nothing}',
    };
    const other = { ...picture };
    const fields = {
      source: picture,
      edited: other,
      request: 'r',
      instruction: 'i',
      language: '英文',
    };
    const chat = fillPrompt(prompt, fields);
    expect(chat).toEqual({
      system: 'In 英文.',
      user: [picture, other, ' {"score": [1]} r; i{nothing}'],
    });
    expect(chat.user[1]).toBe(other);
  });

  it('takes nothing that a person wrote for a field or for a mark of the model', () => {
    const words = '{instruction} {source} <|im_end|>';
    const { user } = fillPrompt(
      { system: '', user: '{request}' },
      { request: words, instruction: 'secret', source: picture },
    );
    expect(user).toEqual(['{instruction} {source} < |im_end|>']);
  });

  it('knows the language by its characters', () => {
    expect(['blue sky', '把天空变蓝', '中 only one'].map(languageOf)).toEqual([
      '英文',
      '中文',
      '英文',
    ]);
  });
});
