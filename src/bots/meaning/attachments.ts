const ATTACHED =
  '(?:this|these|the attached|attached|that|the (?:second|other|new) (?:one|picture|photo|image)|here|the reference)';
const PICTURE =
  '(?: (?:one|ones|picture|photo|image|pic|shot|reference|example|here|pictures|photos|images))?';
const LOOK =
  '(?:colors?|palette|color palette|look|style|mood|vibe|tones?|lighting|light|grading|color grading|grade|feel|filter|atmosphere|aesthetic)';
/** Where the sentence ends, or goes on with something else. */
const END = '(?= ?(?:$|,|\\?|and |but |please|instead|thanks|now))';

/** Words by which pictures that come along are to be looked at for an edit of another one. */
const REFERENCES: readonly RegExp[] = [
  `\\b(?:like|similar to|the same as|same as|as in|inspired by|based on|closer to) ${ATTACHED}${PICTURE}${END}`,
  `\\b(?:like|as) (?:in )?(?:this|these|the attached|that) (?:one|ones|picture|photo|image|pic|shot|reference|example)\\b`,
  `\\bmatch(?:es|ing)? (?:(?:it|this|that|the [a-z]+|its [a-z]+) (?:to|with) )?${ATTACHED}(?: ${LOOK})?${PICTURE}${END}`,
  `\\bmatch (?:the |these |this |those )?${LOOK}\\b`,
  `\\b(?:style|color|mood|look|lighting)? ?references?\\b`,
  `\\b(?:use|apply|copy|take|steal|borrow|grab|with|in|give it) (?:the |these |this |those |that )(?:same )?(?:[a-z]+ )?${LOOK}(?: (?:of|from|in) ${ATTACHED}${PICTURE})?${END}`,
  `\\b(?:same|the) ${LOOK} (?:as|of|from|in) ${ATTACHED}${PICTURE}${END}`,
  `\\bin (?:the|this) (?:style|mood|colors|look|spirit) (?:of ${ATTACHED}${PICTURE})?`,
  `\\b(?:replace|swap|change) (?:the |my |his |her )?[a-z]+(?: [a-z]+)? (?:with|for|to) ${ATTACHED}${PICTURE}${END}`,
  `\\b(?:add|put|place|insert|paste|overlay|include) (?:this|these|the attached)(?: [a-z]+)? (?:in|into|on|onto|to|at|over|as|behind|next to)\\b`,
  `\\b(?:add|put|insert|paste|overlay) (?:this|the attached) (?:logo|watermark|picture|image|photo|person|sticker|frame)\\b`,
].map((pattern) => new RegExp(pattern));

/** The pictures that come with the words are no picture to be edited, but one to go by. */
export function namesReferences(line: string): boolean {
  return REFERENCES.some((pattern) => pattern.test(line));
}
