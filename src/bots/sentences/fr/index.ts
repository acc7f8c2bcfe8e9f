import type { Best } from '../../../store/findings.ts';
import type { Sentences } from '../../sentences.ts';
import { endedBy, type Endings } from '../ended.ts';
import { formatsOf } from '../formats.ts';
import { joined } from '../joined.ts';
import { keptBy } from '../kept.ts';
import { FRENCH_FAILURES } from './failures.ts';
import { FRENCH_REPLIES } from './replies.ts';
import { fr } from './spaces.ts';

const FORMATS = formatsOf('fr');
const { number, percent, roughly } = FORMATS;

const REASONS: Readonly<Record<Best['reason'], string>> = {
  'only-round': 'c’est la seule',
  'judged-success': 'elle est jugée réussie',
  'highest-score': 'elle a la meilleure note',
  'latest-of-equals': 'c’est la dernière de plusieurs aussi bonnes',
  chosen: 'tu l’as choisie',
};

const ENDINGS: Endings = {
  succeeded: { withPicture: 'C’est fait.', without: 'C’est fait.' },
  asked: { withPicture: 'J’ai une question.', without: 'J’ai une question.' },
  stopped: {
    withPicture: 'Arrêté. Voici le meilleur résultat jusqu’ici.',
    without: 'Arrêté.',
  },
  expired: {
    withPicture: fr`Le temps est écoulé. Voici le meilleur résultat jusqu’ici ; appuie sur « Réessayer » pour relancer.`,
    without: FRENCH_FAILURES.DEADLINE,
  },
};

export const FRENCH: Sentences = {
  locale: 'fr',

  waiting: 'En attente de la demande précédente.',
  queued: (ahead, etaMs) => {
    if (ahead === undefined) return 'Dans la file d’attente.';
    const place =
      ahead === 0 ? 'Prochaine de la file d’attente' : `Dans la file d’attente, ${ahead} avant toi`;
    return `${place}${etaMs === undefined ? '' : fr` : prête dans environ ${roughly(etaMs)}`}.`;
  },
  thinking: 'Je réfléchis …',
  editing: (round, steps, etaMs) => {
    const parts = [
      steps && `étape ${steps.done} sur ${steps.total} (${percent(steps.done / steps.total)})`,
      etaMs === undefined ? undefined : `encore environ ${roughly(etaMs)}`,
    ].filter((part) => part !== undefined);
    return fr`Passe ${round} : je retouche${parts.length > 0 ? `, ${parts.join(', ')}` : ' …'}`;
  },
  reflecting: (round) => fr`Passe ${round} : je regarde le résultat …`,

  ended: endedBy(
    ENDINGS,
    FRENCH_FAILURES,
    (failure) => `${failure} Voici ce qu’il y avait jusque-là.`,
  ),
  answer: ({ round, reason }, rounds) =>
    rounds === 1
      ? 'Et voilà.'
      : fr`La passe ${round} sur ${rounds} est la réponse : ${REASONS[reason]}.`,
  failures: FRENCH_FAILURES,

  round: (round) => `Passe ${round}`,
  verdicts: {
    success: fr`Réussi : c’est ce qui était demandé.`,
    refine: fr`Presque : je continue à partir de cette image.`,
    revert: fr`Non : je recommence sans celle-ci.`,
  },
  scores: ({ editSuccess, overEdit, naturalness, artifacts }, overall) =>
    [
      `conforme ${number(editSuccess)}`,
      `reste préservé ${number(overEdit)}`,
      `naturel ${number(naturalness)}`,
      `propre ${number(artifacts)}`,
      `${number(Math.round(overall))} sur 100 en tout`,
    ].join(' · '),
  kept: keptBy(
    {
      size: 'sa taille',
      place: (offset) => `sa position (décalée de ${offset})`,
      pixels: (share) => `${share} de ses pixels`,
      outside: 'tout ce qui est hors du masque',
      all: (parts) => fr`Rétabli d’après l’image précédente : ${parts}.`,
    },
    FORMATS,
  ),

  altResult: (instruction, critique) => joined('L’image retouchée.', instruction, critique),
  altRound: (round, instruction, critique) =>
    joined(`L’image après la passe ${round}.`, instruction, critique),
  altBefore: 'L’image avant la retouche.',
  altPreview: (round) => `Un aperçu inachevé de la passe ${round}.`,
  shownSmaller: (shown, whole) => fr`Affichée en ${shown} ; l’image entière fait ${whole}.`,

  buttons: {
    stop: 'Arrêter',
    undo: 'Annuler',
    redo: 'Rétablir',
    retry: 'Réessayer',
    variations: 'Variantes',
    compare: 'Comparer',
    use: 'Garder celle-ci',
    edit: 'Retoucher l’image',
    'forget-me': 'Tout supprimer',
    'thumbs-up': '👍',
    'thumbs-down': '👎',
  },
  useRound: (round) => `Garder la passe ${round}`,

  threadTitle: 'Retoucher une image',
  replies: FRENCH_REPLIES,
};
