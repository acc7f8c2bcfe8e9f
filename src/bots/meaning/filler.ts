import type { PlainText } from '../plain-text.ts';
import { whole } from './courtesy.ts';
import { sentenceOf } from './sentence.ts';
import { isForeign } from './tongues/tongues.ts';

const THIS = '(?:this|that|these|it|the)(?: (?:one|ones|picture|photo|image|pic|file|shot))?';

const FILLER = whole(
  `|(?:here|there)(?: (?:you (?:go|are)|it is|is (?:the|my|a|one|the picture|my picture)|we go|they are|are (?:the|my)))?(?: ${THIS})?(?: (?:picture|photo|image|pic|one))?|${THIS}|(?:try|use|take|do|edit|how about|what about|i mean|i meant|for|with|it is|this is)(?: (?:with|on|for))? ${THIS}(?: instead)?|(?:my|a|the|another|new|better)(?: new| other)? (?:picture|photo|image|pic|one|shot)|(?:see )?attached|voila|ta da|tada|there|got it|found it|one (?:sec|moment)`,
);

/** Words that only accompany a picture: "here you go", "this one", none at all. */
export function isFiller(text: PlainText): boolean {
  const { line } = sentenceOf(text);
  return FILLER.test(line) || isForeign('fillers', line);
}
