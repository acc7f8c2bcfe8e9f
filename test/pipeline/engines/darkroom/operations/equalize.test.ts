import { describe, expect, it } from 'vitest';

import { evennessOf } from '../../../../../src/pipeline/engines/darkroom/measure/evenness.ts';
import { localContrastOf } from '../../../../../src/pipeline/engines/darkroom/measure/local-contrast.ts';
import { photoOf } from '../../../../../src/pipeline/engines/darkroom/measure/photo.ts';
import { statisticsOf } from '../../../../../src/pipeline/engines/darkroom/measure/statistics.ts';
import { answer, develop } from '../../../../support/darkroom.ts';
import { makePhoto } from '../../../../support/photos.ts';

async function around(request: string) {
  const image = await makePhoto({ contrast: 0.6 });
  const result = await develop(image, request);
  expect(result.stopReason).toBe('success');
  const round = answer(result);
  return {
    before: await photoOf(image),
    after: await photoOf({ ...round.image }),
    instruction: round.instruction,
  };
}

describe('equalize', () => {
  it('spreads the tones of each part, clips hardly any and leaves colors', async () => {
    const { before, after } = await around('apply CLAHE');
    expect(evennessOf(after)).toBeGreaterThan(evennessOf(before) + 3);
    const [was, is] = [statisticsOf(before), statisticsOf(after)];
    expect(is.clippedHighlights).toBeLessThan(was.clippedHighlights + 5);
    expect(is.meanChroma / was.meanChroma).toBeGreaterThan(0.85);
    expect(is.meanChroma / was.meanChroma).toBeLessThan(1.3);
  });

  it('makes an HDR look together with clarity', async () => {
    const { before, after, instruction } = await around('give it an HDR look');
    expect(instruction.split('\n').map((line) => line.split(' ')[0])).toEqual([
      'Equalize',
      'Raise',
    ]);
    expect(localContrastOf(after) / localContrastOf(before)).toBeGreaterThan(1.3);
  });
});
