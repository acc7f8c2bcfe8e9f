import type { TurnState } from '../../store/records.ts';
import type { Replies } from './replies.ts';

export const ENGLISH_REPLIES: Replies = {
  help: [
    'Send me a picture and say what to change: “make it look like a foggy morning”, “crop it to 16:9”, “make the sky more dramatic”. I think about it, edit, look at my own result and correct it until it fits.',
    'Then go on talking: “a bit less”, “now in black and white”. I edit the latest result, or the one that you reply to.',
    '“undo”, “redo”, “back to the original”, “use round 1”, “stop”, “try again”, “compare”, “what did you change?” and “history” work too. “forget me” deletes all that I keep of you.',
  ].join('\n'),

  whichPicture: 'Which picture do you mean? Send it here, and I go on with your request.',
  whatToDo: 'What shall I do with this picture?',
  shallI: 'Was that for me? Press the button, and I edit the picture as you said.',
  changedRequest: 'You changed your request after I had finished it. Shall I do the new one?',

  tooManyPictures: (most) =>
    most === 1
      ? 'I can take one picture at a time. Please send just the one to edit.'
      : `I can take up to ${most} pictures at a time. Please send fewer.`,
  limits: {
    openPerPerson:
      'I am still busy with your other requests. Please wait for one of them, or say “stop”.',
    dailyPerPerson: 'That was your last request for today. I am there for you again tomorrow.',
    dailyTotal: 'I have had as many requests today as I may take. Please come back tomorrow.',
  },
  noPictureYet: 'There is no picture here yet. Send one, and say what to change.',

  undone: 'Back at this one.',
  redone: 'Forward to this one again.',
  original: 'Back at the original. “undo” returns to where we were.',
  using: (round) => `We go on from round ${round}.`,
  withdrawn: 'Taken back. We go on from this one.',
  nothingToUndo: 'There is nothing to undo.',
  nothingToRedo: 'There is nothing to redo.',
  atOriginal: 'We are at the original already.',
  noSuchRound: (round, rounds) =>
    rounds.length === 0
      ? `There is no round ${round} here yet.`
      : `There is no round ${round} here, only ${listOf(rounds)}.`,

  nothingToStop: 'I am not working on anything of yours here.',
  notYours: 'That is somebody else’s request. They can stop it, and admins can.',
  nothingToRetry: 'There is nothing here that I could do again.',
  sameAgain: 'I would come to the same result again. Tell me what should be different.',

  compared: 'Before and after.',
  altBefore: 'The picture before.',
  altAfter: 'The picture after.',
  altNow: 'The picture that is edited next.',
  nothingToCompare: 'There is nothing to compare yet: this is the picture as it came.',
  explained: (request, reasoning, instructions) =>
    [
      `You asked: “${request}”.`,
      ...(reasoning === '' ? [] : [`What I thought: ${reasoning}`]),
      instructions.length === 1 ? 'What I did:' : 'What I did, step by step:',
      ...instructions.map((instruction) => `• ${instruction}`),
    ].join('\n'),
  nothingToExplain: 'I have not changed this picture: it is as it came.',
  history: (lines) => ['What we did here:', ...lines].join('\n'),
  historyLine: (number, request, state, isCurrent) =>
    `${number}. ${request === '' ? 'A picture' : `“${request}”`}: ${STATES[state]}${isCurrent ? ' ← we are here' : ''}`,
  noHistory: 'We have not done anything here yet.',
  thanks: 'Thank you, noted.',

  forgetMe:
    'This deletes all that I keep of you: your requests, your pictures and their results, here and everywhere else, for good. Shall I?',
  forgotten: (turns) =>
    turns === 0
      ? 'There was nothing of yours to delete.'
      : `Deleted, for good: ${turns} ${turns === 1 ? 'request' : 'requests'} with all pictures.`,
};

const STATES: Readonly<Record<TurnState, string>> = {
  waiting: 'waiting',
  queued: 'in the queue',
  running: 'at work',
  succeeded: 'done',
  stopped: 'stopped',
  expired: 'out of time',
  asked: 'I asked back',
  declined: 'I could not do that',
  failed: 'failed',
};

function listOf(rounds: readonly number[]): string {
  if (rounds.length === 1) return `round ${rounds[0]}`;
  return `rounds ${rounds.slice(0, -1).join(', ')} and ${rounds.at(-1)}`;
}
