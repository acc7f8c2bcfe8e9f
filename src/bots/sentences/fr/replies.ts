import type { TurnState } from '../../../store/records.ts';
import { formatsOf } from '../formats.ts';
import type { Replies } from '../replies.ts';
import { fr } from './spaces.ts';

const { ago, list, number, plural } = formatsOf('fr');

const STATES: Readonly<Record<TurnState, string>> = {
  waiting: 'en attente',
  queued: 'dans la file d’attente',
  running: 'en cours',
  succeeded: 'fait',
  stopped: 'arrêté',
  expired: 'temps écoulé',
  asked: 'j’ai posé une question',
  declined: 'je n’ai pas pu',
  failed: 'échoué',
};

const request = (words: string): string => (words === '' ? 'Une image' : fr`« ${words} »`);

const requests = (count: number): string =>
  `${number(count)} ${plural(count, { one: 'demande', other: 'demandes' })}`;

export const FRENCH_REPLIES: Replies = {
  help: [
    fr`Envoie-moi une image et dis ce qu’il faut changer : « fais-en un matin brumeux », « recadre en 16:9 », « rends le ciel plus dramatique ». J’y réfléchis, je retouche, je regarde mon résultat et je le corrige jusqu’à ce qu’il convienne. Si je ne te comprends pas, essaie en anglais.`,
    fr`Ensuite, continue à me parler : « un peu moins », « maintenant en noir et blanc ». Je retouche le dernier résultat, ou celui auquel tu réponds.`,
    fr`« annuler », « rétablir », « reviens à l’original », « garde la passe 1 », « arrête », « réessaie », « comparer », « qu’as-tu changé ? » et « historique » marchent aussi. « oublie-moi » supprime tout ce que je garde de toi.`,
  ].join('\n'),

  whichPicture: fr`De quelle image parles-tu ? Envoie-la ici, et je continue avec ta demande.`,
  whatToDo: fr`Que dois-je faire de cette image ?`,
  shallI: fr`C’était pour moi ? Appuie sur le bouton, et je retouche l’image comme tu l’as dit.`,
  changedRequest: fr`Tu as changé ta demande après que je l’ai terminée. Je fais la nouvelle ?`,

  tooManyPictures: (most) =>
    most === 1
      ? 'Je prends une seule image à la fois. Envoie juste celle à retoucher.'
      : `Je prends jusqu’à ${number(most)} images à la fois. Envoies-en moins.`,
  limits: {
    openPerPerson: fr`Je travaille encore sur tes autres demandes. Attends que l’une soit finie, ou dis « arrête ».`,
    dailyPerPerson: 'C’était ta dernière demande pour aujourd’hui. Je suis là pour toi demain.',
    dailyInWorkspace:
      'C’était ta dernière demande ici pour aujourd’hui. Je suis là pour toi demain.',
    dailyTotal: 'Je ne peux plus prendre de demandes aujourd’hui. Reviens demain.',
  },
  noPictureYet: 'Il n’y a pas encore d’image ici. Envoies-en une, et dis ce qu’il faut changer.',

  undone: 'Retour à celle-ci.',
  redone: 'De nouveau à celle-ci.',
  original: fr`Retour à l’original. « annuler » ramène où nous en étions.`,
  using: (round) => `On continue à partir de la passe ${round}.`,
  withdrawn: 'Demande retirée. On continue à partir de celle-ci.',
  nothingToUndo: 'Il n’y a rien à annuler.',
  nothingToRedo: 'Il n’y a rien à rétablir.',
  atOriginal: 'Nous sommes déjà à l’original.',
  noSuchRound: (round, rounds) =>
    rounds.length === 0
      ? `Il n’y a pas encore de passe ${round} ici.`
      : `Il n’y a pas de passe ${round} ici, seulement ${plural(rounds.length, { one: 'la passe', other: 'les passes' })} ${list(rounds.map(String))}.`,

  nothingToStop: 'Je ne travaille sur rien à toi ici.',
  notYours:
    'C’est la demande de quelqu’un d’autre. Cette personne et les admins peuvent l’arrêter.',
  nothingToRetry: 'Il n’y a rien ici que je puisse refaire.',
  sameAgain: 'J’arriverais au même résultat. Dis-moi ce qui doit être différent.',

  compared: 'Avant et après.',
  altBefore: 'L’image avant.',
  altAfter: 'L’image après.',
  altNow: 'L’image qui sera retouchée ensuite.',
  nothingToCompare: fr`Il n’y a encore rien à comparer : l’image est comme elle est arrivée.`,
  explained: (words, reasoning, instructions) =>
    [
      fr`Tu as demandé : « ${words} ».`,
      ...(reasoning === '' ? [] : [fr`Ce que j’en ai pensé : ${reasoning}`]),
      instructions.length === 1 ? fr`Ce que j’ai fait :` : fr`Ce que j’ai fait, étape par étape :`,
      ...instructions.map((instruction) => `• ${instruction}`),
    ].join('\n'),
  nothingToExplain: fr`Je n’ai pas changé cette image : elle est comme elle est arrivée.`,
  history: (lines) => [fr`Ce que nous avons fait ici :`, ...lines].join('\n'),
  historyLine: (sequence, words, state, isCurrent) =>
    fr`${sequence}. ${request(words)} : ${STATES[state]}${isCurrent ? ' ← nous sommes ici' : ''}`,
  noHistory: 'Nous n’avons encore rien fait ici.',
  recent: fr`Ce que tu m’as demandé récemment :`,
  noRecent: 'Tu ne m’as encore rien demandé.',
  request,
  stateAndTime: (state, agoMs) => `${STATES[state]}, ${ago(agoMs)}`,
  thanks: 'Merci, c’est noté.',

  settings: {
    allChannels: 'Je travaille dans tous les salons.',
    onlyChannels: (channels) => fr`Je travaille seulement dans ces salons : ${list(channels)}.`,
    everybody: 'Tout le monde peut me demander des retouches.',
    onlyRoles: (roles) => fr`Seuls ces rôles peuvent me demander des retouches : ${list(roles)}.`,
    noDailyLimit: 'Le nombre de demandes par jour n’est pas limité.',
    dailyLimit: (count) => `Chaque personne a droit à ${requests(count)} par jour.`,
    rounds: (most) =>
      `Une demande prend ${most === 1 ? 'une passe' : `jusqu’à ${number(most)} passes`}.`,
    followUps: 'Dans mes fils, j’écoute aussi les messages qui ne me mentionnent pas.',
    noFollowUps: 'Je réponds seulement si on me mentionne, me répond, ou répond à ma question.',
  },
  settingsAreForAdmins: 'Seuls les admins peuvent changer mes réglages.',
  noSettingsHere: fr`Je n’ai pas de réglages ici : ils sont ceux d’un serveur ou d’un espace de travail.`,
  notInThisChannel: (channels) =>
    channels.length === 0
      ? 'Je ne dois pas travailler dans ce salon. Demande-moi dans un autre.'
      : fr`Je ne dois pas travailler dans ce salon. Demande-moi ici : ${list(channels)}.`,
  notYourRole: (roles) =>
    roles.length === 0
      ? 'Ici, seuls certains rôles peuvent me demander des retouches. Parles-en à un admin.'
      : fr`Ici, il faut un de ces rôles pour me demander des retouches : ${list(roles)}. Parles-en à un admin.`,

  forgetMe: fr`Cela supprime tout ce que je garde de toi : tes demandes, tes images et leurs résultats, ici et partout ailleurs, pour toujours. Je le fais ?`,
  forgotten: (turns) =>
    turns === 0
      ? 'Il n’y avait rien de toi à supprimer.'
      : fr`Supprimé pour toujours : ${requests(turns)} avec toutes les images.`,
};
