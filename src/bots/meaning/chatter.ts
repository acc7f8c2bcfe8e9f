import { isCourtesy, whole } from './courtesy.ts';
import { anyOf } from './pattern.ts';
import { clausesOf } from './sentence.ts';
import { isForeign } from './tongues/tongues.ts';

/** Words that make a clause a reaction. */
const REACTIONS = anyOf(`
  nice great perfect amazing awesome lovely beautiful excellent fantastic wonderful brilliant superb gorgeous
  stunning incredible sweet good better best love loved loves loving adore like liked wow whoa woah woow omg omfg wtf lol lmao
  lmfao rofl ha haha hahaha hahah hehe heh xd yay yess woohoo bravo congrats congratulations thanks thank cheers thankful appreciate appreciated ta
  danke merci gracias grazie obrigado arigato ok yes yeah yep yup ya sure fine cool neat sick dope fire lit goat epic impressive
  impressed wild insane crazy magic magical wizardry happy glad done works worked exactly precisely spot nailed
  splendid marvelous phenomenal terrific outstanding pretty solid clean fun funny cute adorable interesting
  gg np welcome bye goodbye goodnight cya later night morning kudos props legend genius hero agreed indeed true
  yummy damn dang oh ah aww aw ooh oooh hm interesting no way beauty masterpiece banger chef kiss flawless wonderful
  poggers pog based slay`);

/** Words that go with them and ask for nothing. */
const COMPANIONS = anyOf(`
  a an the it its this that these those they them he i me my we us our you your is are was am be been so very really
  super absolutely totally truly just much lot lots bit well too such more than ever and oh of for to at on in with
  all now already how what one job work edit edits result results picture pictures photo photos image shot look looks looking looked
  turned came out bot robot man bro dude mate buddy guys everyone friend day weekend help time again
  way did do does made make makes have has had got it here there color colors sky light lighting tones tone mood vibe vibes style detail details contrast
  version round effect crop thing stuff will expected wanted needed asked think guess know see mean
  quite pretty kind sort of as sir please even still problem worries not bad on point took by
  god gosh jesus heck hell holy moly cow shit fucking fuck freaking`);

const REACTION = new RegExp(`\\b(?:${REACTIONS})\\b`);
const REACTION_ONLY = new RegExp(`^(?:(?:${anyOf(REACTIONS, COMPANIONS)})(?: |$))+$`);

/** In the words of reactions, but it is something else that is meant. */
const NO_REACTION = new RegExp(
  [
    '^(?:make|do|have|look|see|help|more|same|edit|crop|light|one|just|again|clean$|it$|this$|as|at|in|of|to|for|with|on(?! point))\\b',
    '^(?:cool|better) (?:tones?|colors?|light|contrast|sky)\\b|^like (?:this|that)|\\blike (?:the|this|that)(?: one)?$',
    '^the (?!best\\b|colors? (?:is|are|look)|[a-z]+ (?:is|are|look|looks|turned|came)\\b)',
    '^no(?! way| problem| worries)|^not (?!bad)|\\bnot (?:good|great|nice|what|like|right|it|the|so|that|very|really|quite|as)\\b|\\b(?:did|do) not\\b',
    '\\btoo (?:much|good to)\\b|\\bmore (?!than)|\\bplease\\b|\\bwould\\b|\\bcan you\\b',
  ].join('|'),
);

/** Praise that goes on in any words. */
const OPEN_PRAISE: readonly RegExp[] = [
  /^(?:i |we |absolutely |really |just )*(?:love|loved|loving|adore|really like|so love) (?:it|this|that|how|the|what|these|those|your|my|his|her)\b(?!.*\b(?:if|except|more|less|want|would|could)\b)/,
  /^(?:the|this|that|those|these|my|your) (?:[a-z]+ ){1,3}(?:is|are|looks?|turned out|came out) (?:(?:so|really|very|absolutely|just|pretty|super|totally) )*(?:amazing|awesome|beautiful|gorgeous|stunning|perfect|great|nice|lovely|incredible|wonderful|fantastic|good|cool|insane|sick|fire|cute|adorable|epic|better|wild|crazy)(?: now| here| man| lol| in this one| tonight| today)*$/,
  /^(?:thanks|thank you)(?: (?:so|very) much| a lot| again| everyone| all| bot| man| mate| bro| dude| buddy)*(?: for [a-z ]+)?$/,
  /^(?:what|such) an? (?:[a-z]+ )*(?:shot|picture|photo|edit|view|beauty|place|difference|sunset|sky|result|image|dog|cat)$/,
  /^(?:nice|great|beautiful|lovely|gorgeous|amazing|stunning|cute|good) (?:[a-z]+ )?(?:sky|colors?|sunset|shot|picture|photo|light|place|view|dog|cat|car|boat|house|edit|work|job|clouds|tones|contrast|mood|find|catch|save)$/,
  /^that is (?:all|it|enough)(?: (?:for )?(?:now|today|i needed|folks|from me))*$/,
  /^(?:(?:that|it) is )?(?:all|good) (?:good|set|enough)(?: now)?$|^good (?:bot|boy|stuff|one)$/,
  /^i am (?:so |very |really )?(?:happy|done|good|impressed|amazed)(?: with (?:it|this|that|the result))?$/,
  /^(?:you are )?(?:the best|welcome|awesome|amazing)$|^mind blown$|^10 10$|^could not be better$/,
  /^(?:no )?(?:problem|worries)$|^no way$|^not bad(?: at all)?$|^(?:so |very )?(?:true|right)$/,
  /^same(?: here)?$|^be right back$|^brb$/,
];

const INTERJECTIONS =
  /^(?:(?:omg|wow|whoa|oh|ah|aw|haha|lol|yes|yeah|damn|man|ok|so|and|no|hey|well|honestly|bot) )+/;

/** Every part of it is praise, thanks, a greeting among people, or a reaction. */
export function isReaction(line: string): boolean {
  if (isForeign('thanks', line)) return true;
  return clausesOf(line).every(
    (clause) =>
      OPEN_PRAISE.some((pattern) => pattern.test(clause.replace(INTERJECTIONS, ''))) ||
      (REACTION_ONLY.test(clause) && REACTION.test(clause) && !NO_REACTION.test(clause)),
  );
}

const GREETING =
  /^(?:hi|hello|hey|heya|hiya|yo|howdy|greetings|sup|good (?:morning|afternoon|evening|day)|hallo|hola|what is up|how are you(?: doing)?)(?: (?:there|bot|everyone|all|guys|friend|today|again))*$/;

/** Nothing but a greeting, with or without courtesies. */
export function isGreeting(line: string): boolean {
  if (isForeign('greetings', line)) return true;
  const clauses = clausesOf(line);
  return (
    clauses.some((clause) => GREETING.test(clause)) &&
    clauses.every((clause) => GREETING.test(clause) || isCourtesy(clause))
  );
}

const ANSWER = whole('yes|yeah|yep|yup|no|nope|nah|ok|sure|right|exactly|fine|true');

/** Yes or no, which is a reaction unless something was asked. */
export function isAnswer(line: string): boolean {
  return ANSWER.test(line) || /^(?:yes|yeah|no|ok|sure)$/.test(line);
}
