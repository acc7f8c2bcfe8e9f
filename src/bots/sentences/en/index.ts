import type { Best } from '../../../store/findings.ts';
import type { Sentences } from '../../sentences.ts';
import { endedBy, type Endings } from '../ended.ts';
import { formatsOf } from '../formats.ts';
import { joined } from '../joined.ts';
import { keptBy } from '../kept.ts';
import { ENGLISH_FAILURES } from './failures.ts';
import { ENGLISH_REPLIES } from './replies.ts';

const FORMATS = formatsOf('en');
const { number, percent, roughly } = FORMATS;

const REASONS: Readonly<Record<Best['reason'], string>> = {
  'only-round': 'it is the only one',
  'judged-success': 'it was judged a success',
  'highest-score': 'it has the highest score',
  'latest-of-equals': 'it is the latest of equally good ones',
  chosen: 'you chose it',
};

const ENDINGS: Endings = {
  succeeded: { withPicture: 'Done.', without: 'Done.' },
  asked: { withPicture: 'I have a question.', without: 'I have a question.' },
  stopped: { withPicture: 'Stopped. Here is the best so far.', without: 'Stopped.' },
  expired: {
    withPicture: 'Time ran out. Here is the best so far; press Retry to run it again.',
    without: ENGLISH_FAILURES.DEADLINE,
  },
};

export const ENGLISH: Sentences = {
  locale: 'en',

  waiting: 'Waiting for the request before this one.',
  queued: (ahead, etaMs) => {
    if (ahead === undefined) return 'In the queue.';
    const place = ahead === 0 ? 'Next in the queue' : `In the queue, ${ahead} before this`;
    return `${place}${etaMs === undefined ? '' : `: done in about ${roughly(etaMs)}`}.`;
  },
  thinking: 'Thinking …',
  editing: (round, steps, etaMs) => {
    const parts = [
      steps && `step ${steps.done} of ${steps.total} (${percent(steps.done / steps.total)})`,
      etaMs === undefined ? undefined : `about ${roughly(etaMs)} left`,
    ].filter((part) => part !== undefined);
    return `Round ${round}: editing${parts.length > 0 ? `, ${parts.join(', ')}` : ' …'}`;
  },
  reflecting: (round) => `Round ${round}: looking at the result …`,

  ended: endedBy(ENDINGS, ENGLISH_FAILURES, (failure) => `${failure} Here is what there was.`),
  answer: ({ round, reason }, rounds) =>
    rounds === 1 ? 'Here it is.' : `Round ${round} of ${rounds} is the answer: ${REASONS[reason]}.`,
  failures: ENGLISH_FAILURES,

  round: (round) => `Round ${round}`,
  verdicts: {
    success: 'Success: this is what was asked for.',
    refine: 'Almost: going on from this picture.',
    revert: 'No: starting over without this one.',
  },
  scores: ({ editSuccess, overEdit, naturalness, artifacts }, overall) =>
    [
      `as asked ${number(editSuccess)}`,
      `rest kept ${number(overEdit)}`,
      `natural ${number(naturalness)}`,
      `clean ${number(artifacts)}`,
      `${number(Math.round(overall))} of 100 in all`,
    ].join(' · '),
  kept: keptBy(
    {
      size: 'its size',
      place: (offset) => `its place (it was off by ${offset})`,
      pixels: (share) => `${share} of its pixels`,
      outside: 'all outside of the mask',
      all: (parts) => `Put back of the picture before: ${parts}.`,
    },
    FORMATS,
  ),

  altResult: (instruction, critique) => joined('The edited picture.', instruction, critique),
  altRound: (round, instruction, critique) =>
    joined(`The picture after round ${round}.`, instruction, critique),
  altBefore: 'The picture before the edit.',
  altPreview: (round) => `An unfinished preview of round ${round}.`,
  shownSmaller: (shown, whole) => `Shown as ${shown}; the whole picture is ${whole}.`,

  buttons: {
    stop: 'Stop',
    undo: 'Undo',
    redo: 'Redo',
    retry: 'Retry',
    variations: 'Variations',
    compare: 'Compare',
    use: 'Use this',
    edit: 'Edit the picture',
    'forget-me': 'Delete everything',
    'thumbs-up': '👍',
    'thumbs-down': '👎',
  },
  useRound: (round) => `Use round ${round}`,

  threadTitle: 'Edit a picture',
  replies: ENGLISH_REPLIES,
};
