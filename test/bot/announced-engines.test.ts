import { describe, expect, it } from 'vitest';

import { AnnouncedEngines } from '../../src/bot/announced-engines.ts';

const DARKROOM = { seeded: false, maxImages: 9 };
const LARGE = { seeded: true, maxImages: 1 };

function open() {
  const told: string[] = [];
  const write = (event: string, facts: object = {}) => {
    told.push([event, ...Object.values(facts)].join(': '));
  };
  const engines = new AnnouncedEngines(['darkroom', 'large'], { info: write, warn: write });
  return { engines, told };
}

describe('the engines that workers announce', () => {
  it('are known as they were announced, and those of the settings before that', () => {
    const { engines } = open();
    expect(engines.defaultName).toBe('darkroom');
    expect(engines.find('darkroom')).toMatchObject({ seeded: false });
    engines.hear(new Map([['darkroom', DARKROOM]]));
    expect(engines.find('darkroom')).toEqual(DARKROOM);
    expect(engines.find('nowhere')).toBeUndefined();
  });

  it('stay known without a worker: requests wait', () => {
    const { engines } = open();
    engines.hear(new Map([['large', LARGE]]));
    engines.hear(new Map());
    expect(engines.find('large')).toEqual(LARGE);
    expect([...engines.served()]).toEqual([
      ['darkroom', 0],
      ['large', 0],
    ]);
  });

  it('are there also where only a worker names them', () => {
    const { engines } = open();
    engines.hear(new Map([['other', LARGE]]));
    expect(engines.find('other')).toEqual(LARGE);
  });

  it('are told to the log when they come and go, once', () => {
    const { engines, told } = open();
    engines.hear(new Map([['darkroom', DARKROOM]]));
    engines.hear(new Map([['darkroom', DARKROOM]]));
    engines.hear(new Map());
    engines.hear(new Map());
    expect(told).toEqual([
      'an engine is served: darkroom',
      'no worker serves an engine; its requests wait: large',
      'no worker serves an engine; its requests wait: darkroom',
    ]);
  });
});
