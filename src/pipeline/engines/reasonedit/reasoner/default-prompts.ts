import type { Prompts } from './prompts.ts';

/** The same for all calls, as are the pictures that follow it: what calls begin with alike is read once. */
const SYSTEM =
  'You help people edit pictures. You look closely, say only what can be seen, and answer in exactly the form that is asked for.';

const ONE_JSON = 'Answer with one JSON object and nothing else:';

/** The project's own words. A checkpoint that was tuned with others works best with those, see `PROMPTS_FILE`. */
export const DEFAULT_PROMPTS: Prompts = {
  condition: {
    text: `You see a picture and an instruction how to edit it. First make out what the picture shows, then what the instruction wants changed and what is to stay. Imagine the picture as it looks once that is done, and describe it fully: all that the instruction asks for, and all the rest as it was. The instruction:`,
  },

  think: {
    system: SYSTEM,
    user: `{source}Somebody wants this picture edited. Turn their request into an instruction for an image editor that does exactly as it is told, and does not think.
- A vague or figurative wish becomes a change that can be seen: where, what is done (add, remove, replace, recolour, another background, style, material or text), and to what.
- One action if that is enough, three at most, in plain sentences without numbers, that don't contradict each other.
- Where the request takes knowledge or reasoning, work out what one would see in the end, and ask for that.
- Text in the picture stands in double quotes, letter by letter.
- A request that is clear stays as it is. Add nothing that nobody asked for.
- Keep to the language of the request.
{history}The request: {request}

Answer in this form:
<#Think> one or two sentences: what you see, and what the request means for it
<#Instruction> the instruction
Only if you can't tell at all what is wanted, answer instead:
<#Question> one short question`,
  },

  describe: {
    system: SYSTEM,
    user: `{source}This picture is going to be edited by this instruction: {instruction}
Describe the picture as it is to look afterwards, in one paragraph of at most 80 words: people, things, postures, background, colours. What the instruction changes is as the instruction says; all else is as you see it now. Invent nothing, and speak neither of the instruction nor of what it was before. Keep to the language of the instruction.`,
  },

  assess: {
    system: SYSTEM,
    user: `{edited}This picture was made by editing another one. It is to show: {description}
The instruction was: {instruction}
In the words of who asked for it: {request}
Compare the picture with that; the instruction counts most. ${ONE_JSON}
{"meets_instruction": "yes", "partial" or "no", "major_conflicts": how many plain contradictions, "minor_conflicts": how many slight ones, "omissions": how many things are missing, "raw_score": 0 to 10, "reason": "first whether the instruction is met, then what fits and what doesn't, in one or two sentences"}`,
  },

  conclude: {
    system: SYSTEM,
    user: `{source}{edited}The first picture was edited, the second came of it. The instruction was: {instruction}
In the words of who asked for it: {request}
Another look at the result gave {score} of 10: {reason}
Decide what is to be done. Judge by what you see yourself:
- Is what was asked for there? Is all else as it was? Are there things broken or distorted? Slight flaws of hands and backgrounds don't count.
- If it is as it should be: success.
- If something is missing that can be mended in the second picture: a new instruction for it. It sees the second picture alone, leaves out what is done already, and is not the old one again.
- If the second picture can't be mended, because too much was changed or broken: failed.
Answer in one of these forms and say nothing else:
<#Think> what you see, in two or three sentences <#Success>
<#Think> what you see, in two or three sentences <#Reflection> the new instruction
<#Think> what you see, in two or three sentences <#Failed>`,
  },

  scoreEdit: {
    system: SYSTEM,
    user: `{source}{edited}The first picture was edited, the second came of it. The instruction was: {instruction}
Give two scores from 0 to 10. The first: how well the second picture does what the instruction says; 0 not at all, 10 perfectly. The second: how well all else was left alone; 0 is another picture altogether, 10 no change but the one asked for. They may look alike if the edit failed. ${ONE_JSON}
{"score": [first, second], "reasoning": "one sentence"}`,
  },

  scoreQuality: {
    system: SYSTEM,
    user: `{edited}Give this picture two scores from 0 to 10. The first, how natural it looks: 0 where distances, light or shadows are wrong, 10 where nothing is. The second, how free it is of artifacts: 0 with distortions, watermarks, scratches, blurred faces or misshapen bodies all over, 10 with none. ${ONE_JSON}
{"score": [first, second], "reasoning": "one sentence"}`,
  },
};
