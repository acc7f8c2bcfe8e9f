import type { Best } from '../../../store/findings.ts';
import type { Sentences } from '../../sentences.ts';
import { endedBy, type Endings } from '../ended.ts';
import { formatsOf } from '../formats.ts';
import { joined } from '../joined.ts';
import { keptBy } from '../kept.ts';
import { SPANISH_FAILURES } from './failures.ts';
import { SPANISH_REPLIES } from './replies.ts';

const FORMATS = formatsOf('es');
const { number, percent, roughly } = FORMATS;

const REASONS: Readonly<Record<Best['reason'], string>> = {
  'only-round': 'es la única',
  'judged-success': 'se ha dado por buena',
  'highest-score': 'tiene la mejor nota',
  'latest-of-equals': 'es la última de varias igual de buenas',
  chosen: 'la has elegido tú',
};

const ENDINGS: Endings = {
  succeeded: { withPicture: 'Listo.', without: 'Listo.' },
  asked: { withPicture: 'Tengo una pregunta.', without: 'Tengo una pregunta.' },
  stopped: { withPicture: 'Detenido. Esto es lo mejor hasta ahora.', without: 'Detenido.' },
  expired: {
    withPicture:
      'Se ha acabado el tiempo. Esto es lo mejor hasta ahora; pulsa «Reintentar» para empezar de nuevo.',
    without: SPANISH_FAILURES.DEADLINE,
  },
};

export const SPANISH: Sentences = {
  locale: 'es',

  waiting: 'Esperando a la petición anterior.',
  queued: (ahead, etaMs) => {
    if (ahead === undefined) return 'En la cola.';
    const place = ahead === 0 ? 'La siguiente de la cola' : `En la cola, ${ahead} por delante`;
    return `${place}${etaMs === undefined ? '' : `: lista en aproximadamente ${roughly(etaMs)}`}.`;
  },
  thinking: 'Pensando …',
  editing: (round, steps, etaMs) => {
    const parts = [
      steps && `paso ${steps.done} de ${steps.total} (${percent(steps.done / steps.total)})`,
      etaMs === undefined ? undefined : `aproximadamente ${roughly(etaMs)} más`,
    ].filter((part) => part !== undefined);
    return `Ronda ${round}: editando${parts.length > 0 ? `, ${parts.join(', ')}` : ' …'}`;
  },
  reflecting: (round) => `Ronda ${round}: mirando el resultado …`,

  ended: endedBy(
    ENDINGS,
    SPANISH_FAILURES,
    (failure) => `${failure} Esto es lo que había hasta entonces.`,
  ),
  answer: ({ round, reason }, rounds) =>
    rounds === 1
      ? 'Aquí la tienes.'
      : `La ronda ${round} de ${rounds} es la respuesta: ${REASONS[reason]}.`,
  failures: SPANISH_FAILURES,

  round: (round) => `Ronda ${round}`,
  verdicts: {
    success: 'Conseguido: es lo que se pedía.',
    refine: 'Casi: sigo a partir de esta imagen.',
    revert: 'No: empiezo de nuevo sin esta.',
  },
  scores: ({ editSuccess, overEdit, naturalness, artifacts }, overall) =>
    [
      `como se pedía ${number(editSuccess)}`,
      `resto intacto ${number(overEdit)}`,
      `natural ${number(naturalness)}`,
      `limpia ${number(artifacts)}`,
      `${number(Math.round(overall))} de 100 en total`,
    ].join(' · '),
  kept: keptBy(
    {
      size: 'su tamaño',
      place: (offset) => `su posición (se había movido ${offset})`,
      pixels: (share) => `el ${share} de sus píxeles`,
      outside: 'todo lo que queda fuera de la máscara',
      all: (parts) => `Recuperado de la imagen anterior: ${parts}.`,
    },
    FORMATS,
  ),

  altResult: (instruction, critique) => joined('La imagen editada.', instruction, critique),
  altRound: (round, instruction, critique) =>
    joined(`La imagen tras la ronda ${round}.`, instruction, critique),
  altBefore: 'La imagen antes de editarla.',
  altPreview: (round) => `Una vista previa sin terminar de la ronda ${round}.`,
  shownSmaller: (shown, whole) => `Se muestra a ${shown}; la imagen entera tiene ${whole}.`,

  buttons: {
    stop: 'Parar',
    undo: 'Deshacer',
    redo: 'Rehacer',
    retry: 'Reintentar',
    variations: 'Variaciones',
    compare: 'Comparar',
    use: 'Usar esta',
    edit: 'Editar la imagen',
    'forget-me': 'Borrarlo todo',
    'thumbs-up': '👍',
    'thumbs-down': '👎',
  },
  useRound: (round) => `Usar la ronda ${round}`,

  threadTitle: 'Editar una imagen',
  replies: SPANISH_REPLIES,
};
