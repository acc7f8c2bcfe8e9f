/*
 * What people wrap a wish into. It says nothing of the wish itself, so that patterns of whole
 * sentences need not name it.
 */

export const OPENERS = [
  ',',
  // Calling somebody.
  'hey|hi|hello|yo|dear|bot|@bot|the bot|there|guys',
  // Thinking aloud.
  'ok|right|well(?: done)?|so|and|then|now|but|also|just|only|still|maybe|perhaps|actually|instead|hm|um|uh|er|oh|ah|aw|ugh',
  'ooh|wow|whoa|haha|hah|lol|sorry|oops|whoops|damn|yikes|wait|meh|argh|eh|anyway|first|next|finally|honestly',
  'no|nope|nah|yes|yeah|yep|yup|ya|sure|i think|i guess|i mean|you know what|scratch that|scrap everything|on second thought|let us see',
  // Praise in passing.
  'thanks(?: a lot| so much| again)?|thank you(?: so much| very much| again)?|cheers',
  'nice(?: try| one| work| job)?|great(?: job| work| start)?|good(?: job| work| start| try)?|perfect|cool|awesome|amazing|lovely|beautiful|excellent|fantastic|sweet|wonderful|super|brilliant',
  '(?:i )?(?:really )?(?:love|like) (?:it|this|that)|(?:that |it |this )?(?:is |looks )(?:great|good|nice|better|amazing|perfect|cool|awesome|lovely)|not bad|much better|almost|close|better',
  // Asking nicely.
  'please|kindly|can you|could you|would you|will you|can we|could we|may i|can i|could i|shall we|let us|go ahead and|why do not (?:you|we)',
  'i want(?: you)? to|i would (?:like|love)(?: you)? to|i need(?: you)? to|(?:is it|would it be) possible to|(?:any )?chance (?:you can|you could|to)|do you think you (?:can|could)|are you able to',
  'how about|what about|would you mind|do you mind|try to|try and|feel free to|be so kind (?:and|to)|be a dear and',
].join('|');

export const CLOSERS = [
  ',|\\?',
  'please|thanks(?: a lot| so much| again)?|thank you(?: so much| very much| again)?|cheers|ta',
  'bot|@bot|mate|man|bro|dude|buddy|guys|friend|dear|now|then|ok|though|actually|already|asap|immediately|quickly|right now|right away|straight away|instead',
  'for me|for us|if (?:you can|possible|you do not mind|that is ok|you would)|will you|would you|could you|can you|lol|haha|hah|hm|sorry|yeah|yes',
].join('|');

/*
 * Looking ahead for one and then taking just that keeps the number of ways to match a text down to
 * one: without it, many courtesies in a row would take for ever.
 */

/** Any number of them, each with the space behind it. Once in a pattern. */
export const OPENING = `(?:(?=(?<opener>${OPENERS}) )\\k<opener> )*`;

/** Any number of them, each with the space before it. Once in a pattern. */
const CLOSING = `(?: (?=(?<closer>${CLOSERS})(?: |$))\\k<closer>)*`;

const OPENING_ONLY = new RegExp(`^${OPENING}`);
const CLOSING_ONLY = new RegExp(`${CLOSING}$`);
const NOTHING_ELSE = new RegExp(
  `^(?:(?=(?<courtesy>${OPENERS}|${CLOSERS})(?: |$))\\k<courtesy>(?: |$))*$`,
);

/** A line whose whole meaning is `pattern`, courtesies aside. */
export function whole(pattern: string): RegExp {
  return new RegExp(`^${OPENING}(?:${pattern})${CLOSING}$`);
}

/** What remains of a clause without courtesies around it. */
export function bare(clause: string): string {
  return clause.replace(OPENING_ONLY, '').replace(CLOSING_ONLY, '');
}

/** There is nothing but courtesies. */
export function isCourtesy(line: string): boolean {
  return NOTHING_ELSE.test(line);
}

const CALLS_BOT =
  /^(?:(?:hey|hi|hello|yo|ok|dear|please|oi) ,? ?)?(?:bot|@bot)(?= |$)|, (?:bot|@bot)$/;
const ENDS_IN_BOT =
  /^(?:stop|please stop|undo|thanks|thank you|help|hello|hi|hey)(?: it| that)? bot$/;

/** The bot is called by what it is. */
export function callsBot(line: string): boolean {
  return CALLS_BOT.test(line) || ENDS_IN_BOT.test(line);
}
