import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { LiveWriter, type Shown } from '../../src/queue/live-writer.ts';
import type { LiveState } from '../../src/queue/update.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { referenceTo } from '../support/memory-images.ts';
import { picture } from '../support/scripted-engine.ts';

const thinking = (text: string): Shown => ({ state: { stage: 'thinking', text } });
const textOf = (state: LiveState): string => ('text' in state ? state.text : '');

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a live writer', () => {
  it('writes at most four states a second, and always the latest in the end', async () => {
    const anyMoments = fc.array(fc.nat(400), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(anyMoments, async (waits) => {
        const clock = new ManualClock();
        const written: { at: number; text: string }[] = [];
        const show = async (state: LiveState): Promise<void> => {
          written.push({ at: clock.now(), text: textOf(state) });
        };
        const live = new LiveWriter({ show, keep: async () => referenceTo(picture('x')) }, clock);
        for (const [index, wait] of waits.entries()) {
          clock.advance(wait);
          live.show(thinking(String(index)));
          await settled();
        }
        clock.advance(250);
        await settled();
        expect(written.at(-1)?.text).toBe(String(waits.length - 1));
        for (const [index, { at }] of written.entries()) {
          const fifth = written[index + 4];
          if (fifth) expect(fifth.at - at).toBeGreaterThanOrEqual(1_000);
        }
        expect(clock.pending).toBe(0);
      }),
    );
  });

  it('writes nothing once it has settled, and waits for what is being written', async () => {
    const clock = new ManualClock();
    const written: string[] = [];
    let finish = () => {};
    const show = async (state: LiveState): Promise<void> => {
      await new Promise<void>((resolve) => (finish = resolve));
      written.push(textOf(state));
    };
    const live = new LiveWriter({ show, keep: async () => referenceTo(picture('x')) }, clock);
    live.show(thinking('first'));
    live.show(thinking('second'));
    const settling = live.settle();
    finish();
    await settling;
    clock.advance(10_000);
    expect(written).toEqual(['first']);
    expect(clock.pending).toBe(0);
  });

  it('keeps the picture of a preview before it shows it, each once', async () => {
    const clock = new ManualClock();
    const written: LiveState[] = [];
    const kept: string[] = [];
    const live = new LiveWriter(
      {
        show: async (state) => void written.push(state),
        keep: async (image) => {
          kept.push(Buffer.from(image.bytes).toString());
          return referenceTo(image);
        },
      },
      clock,
    );
    const preview = picture('half done');
    for (const done of [1, 2, 3]) {
      const steps = { done, total: 3 };
      live.show({
        state: { stage: 'editing', round: 1, instruction: 'Paint.', steps },
        preview: done === 3 ? picture('nearly') : preview,
      });
      clock.advance(250);
      await settled();
    }
    expect(kept).toEqual(['half done', 'nearly']);
    expect(written).toHaveLength(3);
    expect(written[1]).toMatchObject({ preview: referenceTo(preview), steps: { done: 2 } });
  });

  it('goes on when a state could not be written', async () => {
    const clock = new ManualClock();
    const written: string[] = [];
    const show = async (state: LiveState): Promise<void> => {
      if (textOf(state) === 'lost') throw new Error('no connection');
      written.push(textOf(state));
    };
    const live = new LiveWriter({ show, keep: async () => referenceTo(picture('x')) }, clock);
    live.show(thinking('lost'));
    await settled();
    live.show(thinking('told'));
    clock.advance(250);
    await settled();
    expect(written).toEqual(['told']);
  });
});
