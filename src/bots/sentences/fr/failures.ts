import type { ErrorCode } from '../../../errors.ts';
import { fr } from './spaces.ts';

const TRY_AGAIN = 'Quelque chose a mal tourné de notre côté. Réessaie, s’il te plaît.';
const LATER = 'Le bot a lui-même un problème. Réessaie dans quelques minutes.';
const OPERATOR = 'Le bot n’est pas configuré pour cela. Préviens la personne qui le gère.';

export const FRENCH_FAILURES: Readonly<Record<ErrorCode, string>> = {
  BAD_USAGE: OPERATOR,
  BAD_SETTINGS: OPERATOR,
  EMPTY_REQUEST: 'Dis en une phrase ce qu’il faut changer.',
  REQUEST_TOO_LONG: 'Cette demande est trop longue. Dis-le en moins de mots.',
  NOT_UNDERSTOOD: 'Je n’ai pas compris. Dis-le autrement, ou en anglais.',
  NOT_SUPPORTED: 'Je ne sais pas faire cela. Demande-moi autre chose.',
  CONTENT_REFUSED: 'Je ne peux ni faire ni montrer cela ici. Demande-moi autre chose.',
  IMAGE_NOT_FOUND:
    'Il n’y a pas d’image à modifier. Envoies-en une avec ta demande, ou réponds à une image.',
  IMAGE_EMPTY: 'Ce fichier est vide. Renvoie l’image, s’il te plaît.',
  IMAGE_FORMAT: 'Je ne sais pas lire ce type de fichier. Envoie une image JPEG, PNG, WebP ou HEIC.',
  IMAGE_DAMAGED: 'Cette image est abîmée. Renvoie-la, s’il te plaît.',
  IMAGE_TOO_LARGE: 'Ce fichier est trop lourd. Envoies-en un plus petit.',
  IMAGE_TOO_MANY_PIXELS: 'Cette image a trop de pixels. Envoies-en une plus petite.',
  IMAGE_TOO_MANY_FRAMES: 'Cette animation est trop longue. Envoie une seule image.',
  IMAGE_TOO_SLOW: 'Cette image est trop longue à lire. Envoie-la dans un autre format.',
  MASK_UNUSABLE:
    'Ce masque est inutilisable. Envoie-en un qui soit blanc là où l’image peut changer et noir ailleurs.',
  OUTPUT_NOT_WRITABLE: LATER,
  ENGINE_UNKNOWN: 'Il n’y a pas de moteur de ce nom ici. Choisis-en un autre.',
  ENGINE_START: LATER,
  ENGINE_CRASHED: 'Le moteur n’a pas tenu le coup sur cette image. Réessaie, s’il te plaît.',
  ENGINE_OUT_OF_MEMORY: 'Cette image est trop grande pour le moteur. Envoies-en une plus petite.',
  ENGINE_UNAVAILABLE: 'Le moteur est injoignable en ce moment. Réessaie dans quelques minutes.',
  CHECKPOINT_UNUSABLE: LATER,
  PROVIDER_UNAVAILABLE: LATER,
  MODERATION_UNAVAILABLE:
    'Les demandes ne peuvent pas être vérifiées en ce moment. Réessaie dans quelques minutes.',
  STORE_UNAVAILABLE: LATER,
  STORAGE_FULL: LATER,
  LEASE_LOST: TRY_AGAIN,
  RATE_LIMITED: 'Il y a eu trop de messages à la fois. Réessaie dans une minute.',
  PLATFORM_UNAVAILABLE: 'Le chat était injoignable. Réessaie, s’il te plaît.',
  NOT_PERMITTED: 'Il me manque une permission ici. Demande à un admin.',
  MESSAGE_GONE: 'Ce message n’existe plus.',
  CHANNEL_GONE: 'Cet endroit n’existe plus.',
  MESSAGE_REFUSED: 'Le chat a refusé ma réponse. Réessaie, s’il te plaît.',
  ATTACHMENT_TOO_LARGE: 'Le résultat est trop lourd pour ce chat. Demande une image plus petite.',
  JOB_UNREADABLE: 'Cette demande vient d’une autre version. Refais-la, s’il te plaît.',
  TURN_LOST: TRY_AGAIN,
  UPDATES_GONE: TRY_AGAIN,
  STOPPED: 'C’est arrêté.',
  DEADLINE: fr`Le temps est écoulé. Appuie sur « Réessayer » pour relancer.`,
  SHUTDOWN: 'Le bot a redémarré. Réessaie, s’il te plaît.',
  INTERNAL: TRY_AGAIN,
};
