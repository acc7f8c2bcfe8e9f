import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { plain } from '../../../src/bots/plain-text.ts';
import { escaped, plainWords, quiet } from '../../../src/bots/slack/mrkdwn.ts';

const BOT = 'U0BOT';
const SIGNS = [...new Set('ab &<>*_~`:@!#|;\n'), 'amp', 'lt'];
const anything = fc.string({ unit: fc.constantFrom(...SIGNS) });
const words = (text: string) => plainWords(text, BOT);

describe('what a person wrote', () => {
  it.each([
    ['<@U0BOT> make it warmer', 'make it warmer'],
    ['make it warmer, <@U0BOT>', 'make it warmer,'],
    ['fish &amp; &lt;b&gt;chips&lt;/b&gt;', 'fish & <b>chips</b>'],
    ['like <https://example.org/a?b=1>', 'like https://example.org/a?b=1'],
    ['like <http://example.org|example.org>', 'like example.org'],
    ['like <https://example.org/|this one>', 'like this one (https://example.org/)'],
    ['ask <mailto:ann@example.org|ann@example.org>', 'ask ann@example.org'],
    ['tell <!channel> and <!here>', 'tell @channel and @here'],
    ['for <@U2|bea> in <#C1|garden>', 'for @bea in #garden'],
    ['by <!date^1392734382^{date}|Feb 18, 2014>', 'by Feb 18, 2014'],
    ['make it *much* brighter and `not` _blue_', 'make it much brighter and not blue'],
    ['2 * 3 * 4 and snake_case_name', '2 * 3 * 4 and snake_case_name'],
    ['write "*SALE*" on it', 'write "*SALE*" on it'],
    ['```crop it```', 'crop it'],
    ['&amp;lt;', '&lt;'],
  ])('is read as it was typed: %s', (marked, typed) => {
    expect(words(marked).text).toBe(typed);
  });

  it('tells who is spoken to', () => {
    expect(words('<@U0BOT> hello')).toMatchObject({ mentionsBot: true, mentionsOthers: false });
    expect(words('<@U2> hello')).toMatchObject({ mentionsBot: false, mentionsOthers: true });
    expect(words('<!subteam^S1|@team> hi')).toMatchObject({ mentionsOthers: true });
    expect(words('&lt;@U0BOT&gt;')).toMatchObject({ mentionsBot: false });
  });
});

describe('what the bot writes', () => {
  it('is never a mention, a link or an entity of somebody else’s making', () => {
    fc.assert(
      fc.property(anything, (text) => {
        for (const written of [escaped(plain(text)), quiet(plain(text))]) {
          expect(written).not.toMatch(/[<>]/);
          expect(written.replaceAll(/&(?:amp|lt|gt);/g, '')).not.toContain('&');
        }
      }),
      { numRuns: 30 },
    );
  });

  it('can be read back as it was', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const back = escaped(plain(text))
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&amp;', '&');
        expect(back).toBe(text);
      }),
    );
  });

  it('has no emoji and no bold words by chance', () => {
    expect(quiet(plain(':smile: *no* _no_ ~no~ `no`'))).not.toMatch(
      /:smile:|\*no\*|_no_|~no~|`no`/,
    );
    expect(quiet(plain('10:30:45'))).not.toMatch(/:30:/);
  });
});
