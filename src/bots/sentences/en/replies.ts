import type { TurnState } from '../../../store/records.ts';
import { formatsOf } from '../formats.ts';
import type { Replies } from '../replies.ts';

const { ago, list, number, plural } = formatsOf('en');

const request = (words: string): string => (words === '' ? 'A picture' : `“${words}”`);

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
      : `I can take up to ${number(most)} pictures at a time. Please send fewer.`,
  limits: {
    openPerPerson:
      'I am still busy with your other requests. Please wait for one of them, or say “stop”.',
    dailyPerPerson: 'That was your last request for today. I am there for you again tomorrow.',
    dailyInWorkspace:
      'That was your last request here for today. I am there for you again tomorrow.',
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
  explained: (words, reasoning, instructions) =>
    [
      `You asked: “${words}”.`,
      ...(reasoning === '' ? [] : [`What I thought: ${reasoning}`]),
      instructions.length === 1 ? 'What I did:' : 'What I did, step by step:',
      ...instructions.map((instruction) => `• ${instruction}`),
    ].join('\n'),
  nothingToExplain: 'I have not changed this picture: it is as it came.',
  history: (lines) => ['What we did here:', ...lines].join('\n'),
  historyLine: (sequence, words, state, isCurrent) =>
    `${sequence}. ${request(words)}: ${STATES[state]}${isCurrent ? ' ← we are here' : ''}`,
  noHistory: 'We have not done anything here yet.',
  recent: 'What you asked me for lately:',
  noRecent: 'You have not asked me for anything yet.',
  request,
  stateAndTime: (state, agoMs) => `${STATES[state]}, ${ago(agoMs)}`,
  thanks: 'Thank you, noted.',

  settings: {
    allChannels: 'I work in all channels.',
    onlyChannels: (channels) => `I work in these channels only: ${list(channels)}.`,
    everybody: 'Everybody may ask me.',
    onlyRoles: (roles) => `Only these roles may ask me: ${list(roles)}.`,
    noDailyLimit: 'There is no limit to requests a day.',
    dailyLimit: (requests) =>
      `Each person has ${number(requests)} ${plural(requests, { one: 'request', other: 'requests' })} a day.`,
    rounds: (most) =>
      `A request takes ${most === 1 ? 'one round' : `up to ${number(most)} rounds`}.`,
    followUps: 'In my threads I also listen to messages that do not mention me.',
    noFollowUps: 'I answer only who mentions me, replies to me, or answers my question.',
  },
  settingsAreForAdmins: 'Only admins can change my settings.',
  noSettingsHere: 'I have no settings here: they belong to a server or workspace.',
  notInThisChannel: (channels) =>
    channels.length === 0
      ? 'I am not to work in this channel. Please ask me in another one.'
      : `I am not to work in this channel. Please ask me in ${list(channels)}.`,
  notYourRole: (roles) =>
    roles.length === 0
      ? 'I take requests from some roles only here. Please ask an admin for one.'
      : `I take requests only from ${list(roles)} here. Please ask an admin for that role.`,

  forgetMe:
    'This deletes all that I keep of you: your requests, your pictures and their results, here and everywhere else, for good. Shall I?',
  forgotten: (turns) =>
    turns === 0
      ? 'There was nothing of yours to delete.'
      : `Deleted, for good: ${number(turns)} ${plural(turns, { one: 'request', other: 'requests' })} with all pictures.`,
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
  return `${plural(rounds.length, { one: 'round', other: 'rounds' })} ${list(rounds.map(String))}`;
}
