import type { Best } from '../../../store/findings.ts';
import type { Sentences } from '../../sentences.ts';
import { endedBy, type Endings } from '../ended.ts';
import { formatsOf } from '../formats.ts';
import { joined } from '../joined.ts';
import { keptBy } from '../kept.ts';
import { GERMAN_FAILURES } from './failures.ts';
import { GERMAN_REPLIES } from './replies.ts';

const FORMATS = formatsOf('de');
const { number, percent, roughly } = FORMATS;

const REASONS: Readonly<Record<Best['reason'], string>> = {
  'only-round': 'sie ist die einzige',
  'judged-success': 'sie gilt als gelungen',
  'highest-score': 'sie hat die beste Bewertung',
  'latest-of-equals': 'sie ist die neueste von gleich guten',
  chosen: 'du hast sie ausgesucht',
};

const ENDINGS: Endings = {
  succeeded: { withPicture: 'Fertig.', without: 'Fertig.' },
  asked: { withPicture: 'Ich habe eine Frage.', without: 'Ich habe eine Frage.' },
  stopped: { withPicture: 'Gestoppt. Hier ist das Beste bis jetzt.', without: 'Gestoppt.' },
  expired: {
    withPicture:
      'Die Zeit ist abgelaufen. Hier ist das Beste bis jetzt; mit „Nochmal versuchen“ starte ich neu.',
    without: GERMAN_FAILURES.DEADLINE,
  },
};

export const GERMAN: Sentences = {
  locale: 'de',

  waiting: 'Wartet auf die Anfrage davor.',
  queued: (ahead, etaMs) => {
    if (ahead === undefined) return 'In der Warteschlange.';
    const place = ahead === 0 ? 'Als Nächstes dran' : `In der Warteschlange, ${ahead} davor`;
    return `${place}${etaMs === undefined ? '' : `: fertig in etwa ${roughly(etaMs)}`}.`;
  },
  thinking: 'Ich denke nach …',
  editing: (round, steps, etaMs) => {
    const parts = [
      steps && `Schritt ${steps.done} von ${steps.total} (${percent(steps.done / steps.total)})`,
      etaMs === undefined ? undefined : `noch etwa ${roughly(etaMs)}`,
    ].filter((part) => part !== undefined);
    return `Runde ${round}: ich bearbeite das Bild${parts.length > 0 ? `, ${parts.join(', ')}` : ' …'}`;
  },
  reflecting: (round) => `Runde ${round}: ich sehe mir das Ergebnis an …`,

  ended: endedBy(
    ENDINGS,
    GERMAN_FAILURES,
    (failure) => `${failure} Hier ist, was es bis dahin gab.`,
  ),
  answer: ({ round, reason }, rounds) =>
    rounds === 1
      ? 'Hier ist es.'
      : `Runde ${round} von ${rounds} ist die Antwort: ${REASONS[reason]}.`,
  failures: GERMAN_FAILURES,

  round: (round) => `Runde ${round}`,
  verdicts: {
    success: 'Gelungen: genau das war gewünscht.',
    refine: 'Fast: mit diesem Bild geht es weiter.',
    revert: 'Nein: ich fange ohne dieses Bild neu an.',
  },
  scores: ({ editSuccess, overEdit, naturalness, artifacts }, overall) =>
    [
      `wie gewünscht ${number(editSuccess)}`,
      `Rest erhalten ${number(overEdit)}`,
      `natürlich ${number(naturalness)}`,
      `sauber ${number(artifacts)}`,
      `zusammen ${number(Math.round(overall))} von 100`,
    ].join(' · '),
  kept: keptBy(
    {
      size: 'die Größe',
      place: (offset) => `die Lage (sie war um ${offset} verschoben)`,
      pixels: (share) => `${share} der Pixel`,
      outside: 'alles außerhalb der Maske',
      all: (parts) => `Vom Bild davor wiederhergestellt: ${parts}.`,
    },
    FORMATS,
  ),

  altResult: (instruction, critique) => joined('Das bearbeitete Bild.', instruction, critique),
  altRound: (round, instruction, critique) =>
    joined(`Das Bild nach Runde ${round}.`, instruction, critique),
  altBefore: 'Das Bild vor der Bearbeitung.',
  altPreview: (round) => `Eine unfertige Vorschau von Runde ${round}.`,
  shownSmaller: (shown, whole) => `Gezeigt als ${shown}; das ganze Bild ist ${whole}.`,

  buttons: {
    stop: 'Stopp',
    undo: 'Rückgängig',
    redo: 'Wiederherstellen',
    retry: 'Nochmal versuchen',
    variations: 'Varianten',
    compare: 'Vergleichen',
    use: 'Das hier nehmen',
    edit: 'Bild bearbeiten',
    'forget-me': 'Alles löschen',
    'thumbs-up': '👍',
    'thumbs-down': '👎',
  },
  useRound: (round) => `Runde ${round} nehmen`,

  threadTitle: 'Ein Bild bearbeiten',
  replies: GERMAN_REPLIES,
};
