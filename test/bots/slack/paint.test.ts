import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fitted } from '../../../src/bots/fit.ts';
import type { ChatMessage, StatusMessage } from '../../../src/bots/messages.ts';
import { plain } from '../../../src/bots/plain-text.ts';
import { CAPABILITIES } from '../../../src/bots/slack/capabilities.ts';
import { paintMessage } from '../../../src/bots/slack/paint/message.ts';
import { partsOf } from '../../../src/bots/slack/paint/parts-of.ts';
import { wordsFor } from '../../../src/bots/slack/words.ts';
import { textsIn } from '../../support/message-texts.ts';
import { PAINTED } from '../../support/painted-pictures.ts';
import { wordsIn } from './read-back.ts';

const paint = (message: ChatMessage) =>
  paintMessage(fitted(message, CAPABILITIES), [{ fileId: 'F1' }, { fileId: 'F2' }], wordsFor('en'));

const SIGNS = [...new Set('ab &<>*_`:"\\\n'), '👩‍👩‍👧', 'ä'];
const text = fc
  .string({ unit: fc.constantFrom(...SIGNS), maxLength: 4_000, size: 'max' })
  .map(plain);

const status = (parts: Partial<StatusMessage>): StatusMessage => ({
  kind: 'status',
  turnId: 'frtcbus4j7u3iyzi',
  state: 'running',
  request: plain('warmer'),
  line: plain('Thinking …'),
  buttons: [],
  ...parts,
});

describe('a painted message', () => {
  it('has room at Slack, and says all it was given', () => {
    fc.assert(
      fc.property(text, text, text, fc.boolean(), (request, thinking, plan, folded) => {
        const message = status({ request, plan, thinking: { text: thinking, folded } });
        const { blocks, text: summary } = paint(message);
        expect(blocks.length).toBeLessThanOrEqual(50);
        const note = { kind: 'note', text: plan, pictures: [], buttons: [] } as const;
        for (const words of [summary, paint(note).text]) {
          expect(words.length).toBeLessThanOrEqual(4_000);
        }
        for (const block of blocks) {
          const { text: words } = block as { text?: { text: string } };
          if (words) expect(words.text.length).toBeLessThanOrEqual(3_000);
          if (words) expect(words.text.length).toBeGreaterThan(0);
        }
        const read = wordsIn(blocks as never);
        for (const part of textsIn(fitted(message, CAPABILITIES))) expect(read).toContain(part);
      }),
      { numRuns: 30 },
    );
  });

  it('quotes what was thought, and lets Slack fold what is long', () => {
    const thinking = (folded: boolean) =>
      paint(status({ thinking: { text: plain('one\ntwo > one'), folded } })).blocks.find(
        ({ block_id: id }) => id === 'thinking.0',
      );
    expect(thinking(false)).toMatchObject({
      text: { type: 'mrkdwn', text: '> one\n> two &gt; one' },
      expand: true,
    });
    expect(thinking(true)).not.toHaveProperty('expand');
  });

  it('shows before and after with what they show, and buttons that say what they are for', () => {
    const { blocks } = paint({
      kind: 'final',
      turnId: 'frtcbus4j7u3iyzi',
      round: 1,
      line: plain('Here it is.'),
      picture: { image: PAINTED.after.reference, alt: plain('A warm hill.'), size: 'result' },
      before: { image: PAINTED.before.reference, alt: plain('Before.'), size: 'small' },
      buttons: [
        { action: 'undo', turnId: 'frtcbus4j7u3iyzi', label: plain('Undo'), style: 'plain' },
      ],
    });
    expect(blocks.filter(({ type }) => type === 'image')).toMatchObject([
      { slack_file: { id: 'F1' }, alt_text: 'Before.', title: { text: 'Before' } },
      { slack_file: { id: 'F2' }, alt_text: 'A warm hill.', title: { text: 'After' } },
    ]);
    expect(blocks.at(-1)).toMatchObject({
      type: 'actions',
      elements: [{ action_id: 'edit1|undo|frtcbus4j7u3iyzi|', text: { text: 'Undo' } }],
    });
  });

  it('leads to the whole picture where Slack can’t show it', () => {
    const original = { fileId: 'F9', name: 'result.webp', permalink: 'https://acme.slack.com/F9' };
    const note = plain('Shown as PNG.');
    const message = fitted(
      {
        kind: 'note',
        text: plain('Here.'),
        pictures: [{ image: PAINTED.after.reference, alt: plain('A hill.'), size: 'result' }],
        buttons: [],
      },
      CAPABILITIES,
    );
    const { blocks } = paintMessage(message, [{ fileId: 'F1', original, note }], wordsFor('de'));
    expect(JSON.stringify(blocks)).toContain('<https://acme.slack.com/F9|result.webp>');
    expect(wordsIn(blocks as never)).toContain('Shown as PNG.');
  });
});

describe('a text in parts', () => {
  it('is the text, and each part has room', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 20, max: 300 }), (whole, max) => {
        const parts = partsOf(whole, max, (piece) => piece.length);
        expect(parts.join('')).toBe(whole);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(max);
      }),
      { numRuns: 50 },
    );
  });

  it('is cut between words', () => {
    expect(partsOf(plain('one two three'), 8, (piece) => piece.length)).toEqual([
      'one two ',
      'three',
    ]);
  });
});

describe('the words of forms', () => {
  it.each(['en', 'de-DE', 'fr', 'es-419', 'ja', 'zh-CN', 'pt-BR', undefined])(
    'fit: %s',
    (locale) => {
      const { formTitle, formSubmit, formCancel, settingsTitle, prompts } = wordsFor(locale);
      for (const short of [formTitle, formSubmit, formCancel, settingsTitle]) {
        expect(short.length).toBeLessThanOrEqual(24);
      }
      expect(prompts.length).toBeLessThanOrEqual(4);
    },
  );
});
