import { describe, expect, it } from 'vitest';

import { areaOf, WHOLE } from '../../../../src/pipeline/engines/darkroom/measure/area.ts';
import { photoOf } from '../../../../src/pipeline/engines/darkroom/measure/photo.ts';
import { OPERATIONS } from '../../../../src/pipeline/engines/darkroom/operations/index.ts';
import { makePhoto } from '../../../support/photos.ts';
import { EXPECTED_READINGS } from '../../../support/requests.ts';
import { understand } from '../../../support/understand.ts';

describe('the requests that are kept as data', () => {
  it('cover every operation, a third of them in other words', () => {
    const counts = new Map(OPERATIONS.map(({ name }) => [name, { requests: 0, paraphrases: 0 }]));
    for (const { operations, paraphrase } of EXPECTED_READINGS) {
      for (const name of new Set(operations.map((read) => read.split(' @ ')[0] ?? ''))) {
        const count = counts.get(name);
        if (count) count[paraphrase ? 'paraphrases' : 'requests'] += 1;
      }
    }
    const paraphrases = EXPECTED_READINGS.filter(({ paraphrase }) => paraphrase).length;
    const rows = [...counts].map(
      ([name, { requests, paraphrases: others }]) =>
        `${name.padEnd(18)}${String(requests).padStart(5)}${String(others).padStart(5)}`,
    );
    console.log(
      `${EXPECTED_READINGS.length} requests, ${paraphrases} of them paraphrases\n${rows.join('\n')}`,
    );
    expect(EXPECTED_READINGS.length).toBeGreaterThanOrEqual(300);
    expect(paraphrases / EXPECTED_READINGS.length).toBeGreaterThan(1 / 3);
    for (const [name, { requests, paraphrases: others }] of counts) {
      expect(requests + others, name).toBeGreaterThanOrEqual(5);
    }
  });

  it('are only ever planned with goals to be measured', async () => {
    const image = await makePhoto();
    const photo = await photoOf(image);
    const context = { image, steps: [], transparent: false };
    const planned = new Set<string>();
    for (const { request } of EXPECTED_READINGS) {
      for (const { wish, region } of understand(request).wishes) {
        // A few of each are enough; what is looked for in the picture takes long.
        const key = `${wish.operation} ${region} ${request.length % 3}`;
        if (planned.has(key)) continue;
        planned.add(key);
        const area = region === 'picture' ? WHOLE : await areaOf(photo, region);
        const plan = await wish.plan(photo, area, [image], context);
        if ('goals' in plan)
          expect(plan.goals.length, `${request}: ${wish.operation}`).toBeGreaterThan(0);
      }
    }
    expect(planned.size).toBeGreaterThan(OPERATIONS.length);
  }, 120_000);
});
