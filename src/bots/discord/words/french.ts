import { fr } from '../../sentences/fr/spaces.ts';
import type { Words } from './types.ts';

export const FRENCH_WORDS: Words = {
  locales: ['fr'],
  edit: {
    name: 'retoucher',
    description: fr`Retoucher une image : dites simplement ce qui doit changer`,
    options: {
      prompt: { name: 'demande', description: 'Ce qui doit changer' },
      image: { name: 'image', description: fr`L’image ; sans elle, le dernier résultat du fil` },
      more: { name: 'image', description: 'Une autre image dont il est question' },
      mask: { name: 'masque', description: 'Blanc là où l’image peut changer, noir ailleurs' },
      url: { name: 'adresse', description: 'L’adresse d’une image sur le web' },
      rounds: { name: 'tours', description: 'Combien de fois retoucher et vérifier' },
      seed: { name: 'graine', description: 'La même graine donne le même résultat' },
      engine: { name: 'moteur', description: 'Ce qui réfléchit et retouche' },
      private: { name: 'privé', description: 'Vous seul le voyez' },
    },
  },
  editThis: 'Retoucher cette image',
  help: { name: 'edit-aide', description: 'Ce que fait le bot et comment lui parler' },
  history: {
    name: 'edit-historique',
    description: 'Ce que vous avez demandé, et ce qui en est sorti',
  },
  forgetMe: {
    name: 'edit-oubliez-moi',
    description: 'Supprimer pour de bon tout ce que le bot garde de vous',
  },
  settings: {
    name: 'edit-réglages',
    description: fr`Ce qui vaut sur ce serveur ; sans option, l’affiche`,
    options: {
      channels: { name: 'salons', description: fr`Mentionnez les seuls salons permis, ou « all »` },
      roles: { name: 'rôles', description: fr`Mentionnez les seuls rôles permis, ou « all »` },
      daily: {
        name: 'limite-par-jour',
        description: fr`Demandes par personne et par jour ; 0 : au choix de l’opérateur`,
      },
      rounds: {
        name: 'tours',
        description: fr`Nombre maximal de tours ; 0 : au choix de l’opérateur`,
      },
      followUps: { name: 'suites', description: 'Si les messages d’un fil comptent sans mention' },
    },
  },
  form: {
    title: 'Retoucher cette image',
    request: 'Ce qui doit changer',
    example: 'comme par un matin de brouillard',
    files: 'Autres images',
    filesHint: 'Celles dont parle la demande, s’il y en a',
  },
  mentionMe: fr`Mentionnez-moi dans votre prochain message : je ne peux pas lire les autres ici.`,
  showResult: 'Voir le résultat',
  suggestions: {
    'make it look like a foggy morning': 'comme par un matin de brouillard',
    'make it look like golden hour': 'comme à l’heure dorée',
    'make it cinematic': 'comme au cinéma',
    'make it look like film noir': 'comme un film noir',
    'make it look like a vintage photograph': 'comme une photo ancienne',
    'make it dreamy': 'comme dans un rêve',
    'make it look like a moonlit night': 'au clair de lune',
    'make it look like autumn': 'en automne',
    'make the sky more dramatic': 'un ciel plus dramatique',
    'make it black and white': 'en noir et blanc',
    'make it warmer and a little brighter': 'plus chaud et un peu plus clair',
    'remove the haze': 'sans brume',
    'straighten it': 'redresser',
    'crop it to 16:9': 'recadrer en 16:9',
    'blur the background': 'arrière-plan flou',
  },
};
