import type { WordCommand } from './commands.ts';

/**
 * Who may say it for it to count: anyone in the thread, as it is said to bots alone; whoever is in talk
 * with the bot, as people say it among themselves as well; or only who certainly speaks to the bot.
 */
export type SaidBy = 'anyone' | 'requester' | 'addresser';

export interface Saying {
  readonly name: WordCommand['name'];
  readonly saidBy: SaidBy;
  /** Whole sentences, courtesies aside; `times` and `round` are read from them. */
  readonly phrases: readonly string[];
}

const COUNT = 'two|three|four|five|six|seven|eight|nine|ten|[1-9]\\d?';
const STEPS = '(?:edit|change|step|one|thing|round|action|move|modification|time)s?';
const LAST = '(?:last|latest|previous|most recent)';
const THAT = '(?:it|that|this|these|those|them)';
const DONE = `(?:${THAT}(?: ${STEPS}| mess)?|(?:the|your|my|our)(?: very)? ${LAST}(?: ${STEPS})?|${LAST}(?: ${STEPS})?|the (?:edits?|changes?)|what you (?:just )?did|whatever you (?:just )?did|that ${LAST} ${STEPS})`;
const REVERT = '(?:undo|revert|reverse|rollback|roll back|unedit)';
const ORIGINAL =
  '(?:the |my )?(?:very )?(?:original|start|beginning|square one|first (?:picture|photo|image|pic)|(?:source|unedited|untouched)(?: one)?)(?: (?:picture|photo|image|one|version|shot|file))?';
const GO_BACK =
  '(?:go|going|take (?:it|me|us)|get|come|jump|switch|bring it|put it|set it|change it|turn it) (?:all the way )?back|back|revert(?: (?:it|that|this|everything|all))?|return(?: it)?|reset(?: (?:it|that|this|everything))?|rollback|roll back|restore(?: it)?|undo (?:it |that )?(?:all )?(?:the way )?back';
const ORDINAL = 'first|second|third|fourth|fifth|sixth|1st|2nd|3rd|4th|5th|6th';
const NUMBER = 'one|two|three|four|five|six|#?[1-9]\\d?';
/** Round 2, version two, #2, the second one. */
export const ROUND = `(?:(?:the )?(?:round|version|option|variation|number|attempt|try|take|result|variant|picture|image) (?:number )?(?<round>${NUMBER})|(?<mark>#[1-9]\\d?)|the (?<ordinal>${ORDINAL})(?: (?:one|round|version|option|variation|attempt|try|result|variant|picture|image|edit))?)`;
const CHOOSE =
  '(?:use|take|keep|pick|choose|select|go (?:with|for|back to)|back to|revert to|return to|continue (?:with|from)|i (?:will )?(?:take|choose|pick|want)|i (?:will )?go with|i am going with|stick with|stay with|switch (?:back )?to|let us (?:use|take|go with|keep))';
const BETTER =
  '(?:(?:is|was|looks|looked) (?:(?:much|way|a lot|so much|definitely|the) )?(?:better|best|nicer|the best|the winner|the one))';

/** The first saying that fits is what was meant. */
export const SAYINGS: readonly Saying[] = [
  {
    name: 'forget-me',
    saidBy: 'addresser',
    phrases: [
      'forget me',
      'forget (?:all|everything)(?: that)?(?: you (?:know|have))?(?: saved| stored)? (?:about|on|of) me',
      '(?:delete|erase|remove|wipe|purge|forget|destroy) (?:all )?(?:of )?my (?:personal )?(?:data|information|info)(?: and (?:pictures|photos|images|everything))?',
      '(?:delete|erase|remove|wipe|purge) (?:all|everything)(?: the)?(?: data| information)?(?: that)?(?: you (?:have|know|stored|saved|keep|store))?(?: stored| saved)? (?:about|on|of|from) me',
    ],
  },
  {
    name: 'stop',
    saidBy: 'requester',
    phrases: [
      '(?:stop|cancel|abort|halt|quit)(?: (?:it|that|this|now|here|everything|all))?(?: (?:edit|request|job|one|round))?',
      '(?:stop|cancel|abort)(?: (?:the|this|that|my|your))? (?:edit|editing|request|job|run|process|generation|work|working|processing|last (?:one|request))',
      '(?:(?:stop|halt|abort|cancel) (?:, )?)+(?:stop|halt|abort|cancel)',
      'never mind(?: (?:that|it|this|then))?|forget (?:about )?(?:it|that)|wait|hold on|hang on|hold it',
      'enough|that is enough|do not bother|no more(?: edits)?|leave it(?: (?:be|alone))?|drop it',
      'you can stop|i (?:have )?changed my mind',
    ],
  },
  {
    name: 'original',
    saidBy: 'anyone',
    phrases: [
      `(?:start|begin)(?:ing)? (?:all )?(?:over|again|fresh|anew|from (?:scratch|the (?:start|beginning|original)|zero))(?: (?:again|from (?:scratch|the original|the beginning)))?|from scratch`,
      `reset(?: (?:it|that|this|everything|all|the (?:picture|image|photo)|all (?:the )?(?:edits|changes)))?`,
      `(?:${GO_BACK}) to ${ORIGINAL}`,
      `(?:restore|use|take|keep|i want|give me|i prefer|i liked) ${ORIGINAL}(?: back| better| more)?`,
      `${REVERT} (?:it all|everything|all(?: (?:of )?(?:it|that|this|them))?|all (?:of )?(?:the |my |your )?(?:edits|changes)|every (?:edit|change))`,
      `(?:the )?original (?:is|was|looks|looked) (?:much |way |a lot )?(?:better|best|nicer)`,
      `i want (?:my|the) original(?: picture| photo| image)? back|(?:the )?original back`,
    ],
  },
  {
    name: 'undo',
    saidBy: 'anyone',
    phrases: [
      `undo(?:(?: ,| and)? undo)+`,
      `${REVERT}(?: ${DONE})?(?: again)?`,
      `${REVERT} (?<times>twice|thrice)|${REVERT} (?:it |that )?(?:x )?(?<count>${COUNT})(?: (?:times|x|steps|edits|changes|rounds))?`,
      `${REVERT} (?:the |my |your )?(?:last )?(?<count>${COUNT})(?: ${LAST})? ${STEPS}`,
      `(?:go|step|move) back (?<count>${COUNT})(?: ${STEPS})?|(?<times>twice) back|(?<steps>${COUNT}) steps? back`,
      `(?:ctrl|control|cmd|command) z|take (?:that|it|this|the last one) back`,
    ],
  },
  {
    name: 'undo',
    saidBy: 'requester',
    phrases: [
      `(?:go|step|put (?:it|that|this)|change it|turn it|set it|bring it) back(?: (?:a|one) ${STEPS}| one)?|back(?: (?:a|one) ${STEPS}| one)?|(?:a|one) step back`,
      `(?:(?:${GO_BACK}) (?:to )?)?(?:the )?(?:previous|last|earlier|prior|older) (?:version|picture|image|result|one|state|edit|step|photo)`,
      `(?:${GO_BACK}) to (?:how|what|the way) it was(?: before)?|(?:go back|back) to before`,
      `(?:it|that) (?:was|looked) (?:much |way |a lot )?(?:better|nicer) before|(?:the )?(?:one before|previous one|previous version|last one) (?:was|is|looked) (?:much |way |a lot )?(?:better|nicer)`,
      `i (?:liked|preferred|like|prefer) (?:the (?:previous|last) (?:one|version)|it before|how it was)(?: (?:better|more|before))?`,
      `scrap (?:that|it|this)|get rid of (?:that|the last) (?:edit|change)`,
    ],
  },
  {
    name: 'redo',
    saidBy: 'anyone',
    phrases: [
      `redo(?:(?: ,| and)? redo)+`,
      `redo(?: (?:it|that|this|the last (?:${STEPS})|what (?:i|you) undid))?`,
      `redo (?<times>twice|thrice)|redo (?:x )?(?<count>${COUNT})(?: (?:times|x|steps|edits|changes))?`,
      `(?:ctrl|control|cmd|command) y|(?:go|step) forward|undo (?:the|that|my) undo|put (?:it|that) back again`,
    ],
  },
  {
    name: 'retry',
    saidBy: 'anyone',
    phrases: [
      `(?:retry|regenerate|reroll|re roll|re generate|rerun|re run|re try|re do)(?: (?:it|that|this|please|the (?:last|previous) (?:one|edit|request)))?`,
    ],
  },
  {
    name: 'retry',
    saidBy: 'requester',
    phrases: [
      `(?:please )?(?:try|do|run)(?: (?:it|that|this|the same))? (?:again|once more|one more time|another time|over)`,
      `(?:once|one) more(?: time)?|again|one more (?:try|go|attempt|shot|round)|do over`,
      `(?:(?:have|give (?:it|that)|take|make|do) )?another (?:try|go|attempt|shot|one|version|take)(?: at it)?`,
      `(?:give me |show me |make |i want )?(?:a different|another|a new) (?:one|version|result|take)`,
    ],
  },
  {
    name: 'variations',
    saidBy: 'requester',
    phrases: [
      `(?:(?:show|give|make|generate|create|get|do|see|try|offer|have)(?: me| us)? )?(?:(?:some|a|few|couple|of|more|other|different|any|several|alternative|the|${COUNT}) )*(?:variations?|variants|options|versions|alternatives|takes)(?: of (?:it|this|that))?`,
      `(?:do you have|are there|got|have you got) (?:any )?(?:other|more|different) (?:variations|options|versions|alternatives|ideas)`,
      `what (?:other|else) (?:options|versions|variations)?(?: )?(?:do you have|have you got|are there|can you offer)`,
    ],
  },
  {
    name: 'compare',
    saidBy: 'anyone',
    phrases: [
      `(?:show(?: me| us)? |see |view )?(?:a |the )?before (?:and |vs |versus |or )?after(?: (?:comparison|view|picture))?`,
      `(?:show(?: me| us)?|see|view)(?: it| them| both)? side by side|side by side`,
      `compare(?: (?:it|them|this|that|both|the two))?(?: (?:to|with|against|and))?(?: (?:the |my )?(?:original|before|source|previous one|first one))?(?: side by side)?`,
      `(?:show(?: me| us)?|see|view|display|post) (?:the |a )?(?:comparison|difference|diff)`,
      `(?:show(?: me| us)?|see|view|display|let me see|look at) (?:again )?(?:the |my |how )?(?:before|original|source)(?: (?:picture|photo|image|one|version|it was))?(?: again)?`,
      `(?:what|how) did (?:it|this|that|the (?:original|picture|photo|image)|my (?:picture|photo)) look(?: like)?(?: (?:before|originally|at first|at the start|in the beginning))`,
      `(?:show(?: me| us)?|see) (?:what|how) it (?:looked|was)(?: like)? (?:before|originally)`,
    ],
  },
  {
    name: 'history',
    saidBy: 'requester',
    phrases: [
      `(?:(?:show|list|see|give)(?: me| us)? )?(?:the |my |our |edit |editing |full |whole )*history(?: of (?:edits|changes|this|the (?:picture|thread)))?`,
      `what (?:have|did) (?:we|i|you) (?:done|do|made|edited|changed|tried|did)(?: (?:to it|with it))? so far`,
      `what (?:have we|did we|have i) (?:done|do|tried|edited|changed)`,
      `(?:show|list|see|give)(?: me| us)? (?:all )?(?:of )?(?:the |my |our |your )?(?:previous |past |earlier )?(?:edits|changes|steps|rounds|requests)(?: so far| we made| i made| you made)?`,
      `(?:all|list of) (?:the |my |our )?(?:edits|changes|steps) so far`,
    ],
  },
  {
    name: 'explain',
    saidBy: 'requester',
    phrases: [
      `what (?:exactly )?(?:did|have) you (?:just |actually |exactly )?(?:change|changed|do|done|edit|edited|adjust|adjusted)(?: (?:here|there|exactly|to it|to (?:the|my) (?:picture|photo|image)|this time|in (?:the )?(?:last )?round))?`,
      `what (?:has |is |was |have )?(?:been )?(?:changed|different)(?: (?:here|now|this time))?`,
      `why did you (?!not (?:you|we)).*|why have you .*|why you (?:did|do|done) (?:this|that|it)`,
      `explain(?: (?:it|that|this|yourself|your (?:reasoning|thinking|edit|choice|changes|decision)|the (?:edit|changes?|reasoning|difference)|what you (?:did|changed)|why(?: you .*)?))?(?: to me)?`,
      `how did you (?:do|make|edit|get) (?:it|that|this)|what was your (?:reasoning|thinking|plan|thought)|what were you thinking`,
      `(?:tell|show) me (?:what|how|why) you (?:did|changed|edited)(?: (?:it|that|this))?|what is the difference`,
    ],
  },
  {
    name: 'explain',
    saidBy: 'addresser',
    phrases: ['why|why (?:that|this|so)|how so|how come|what changed'],
  },
  {
    name: 'use',
    saidBy: 'anyone',
    phrases: [
      `${CHOOSE} (?:the )?(?:round|variation|version|option|attempt) (?:number )?(?<round>${NUMBER})(?: instead)?`,
    ],
  },
  {
    name: 'use',
    saidBy: 'requester',
    phrases: [
      `${CHOOSE} ${ROUND}(?: instead)?|${CHOOSE} (?<digit>[1-9]\\d?)`,
      `i (?:think i )?(?:(?:really|much|do|would|definitely|actually) )*(?:prefer|like|liked|love|loved|want) ${ROUND}(?: (?:better|more|best|most|the (?:most|best)|a lot more|way more))?`,
      `(?:i think )?${ROUND} ${BETTER}`,
      `(?:the )?(?:round|version|option|variation) (?<round>${NUMBER})`,
    ],
  },
  {
    name: 'help',
    saidBy: 'requester',
    phrases: [
      'help(?: me)?|i need help|usage|commands|show (?:me )?(?:the )?(?:help|commands)',
      'what (?:can|could|do) (?:you|this bot|the bot|it|this) do(?: for me)?|what (?:else )?(?:can|could) you do|what are you (?:able to do|capable of|for)',
      'how (?:do|does|can|should) (?:i|you|this|it|the bot|this bot|this thing|one|we) (?:use )?(?:work|use (?:this|it|you|the bot)|(?:this|it|you|the bot|this bot))(?: work)?(?: exactly)?',
      'what (?:commands|things|edits) (?:do you|can you|are there|can i)(?: (?:understand|know|do|have|make|use|ask(?: for)?|support))?',
    ],
  },
  {
    name: 'help',
    saidBy: 'addresser',
    phrases: [
      '(?:who|what) are you|what is (?:this|this bot)|are you (?:a |an )?(?:bot|human|real|ai|there|online|alive|awake|working)|what (?:do|can) i (?:do|say|ask)',
    ],
  },
];
