import type { Words } from './types.ts';

export const GERMAN_WORDS: Words = {
  locales: ['de'],
  edit: {
    name: 'bearbeiten',
    description: 'Ein Bild bearbeiten: einfach sagen, was anders werden soll',
    options: {
      prompt: { name: 'wunsch', description: 'Was anders werden soll' },
      image: { name: 'bild', description: 'Das Bild; ohne eines das letzte Ergebnis des Threads' },
      more: { name: 'bild', description: 'Ein weiteres Bild, um das es geht' },
      mask: { name: 'maske', description: 'Weiß, wo sich das Bild ändern darf, sonst schwarz' },
      url: { name: 'adresse', description: 'Die Adresse eines Bildes im Netz' },
      rounds: { name: 'runden', description: 'Wie oft bearbeitet und nachgesehen werden darf' },
      seed: { name: 'startwert', description: 'Derselbe Startwert gibt dasselbe Ergebnis' },
      engine: { name: 'engine', description: 'Was nachdenkt und bearbeitet' },
      private: { name: 'privat', description: 'Nur du siehst es' },
    },
  },
  editThis: 'Dieses Bild bearbeiten',
  help: { name: 'edit-hilfe', description: 'Was der Bot kann und wie man mit ihm spricht' },
  history: { name: 'edit-verlauf', description: 'Worum du gebeten hast und was daraus wurde' },
  forgetMe: {
    name: 'edit-vergiss-mich',
    description: 'Alles für immer löschen, was der Bot von dir hat',
  },
  settings: {
    name: 'edit-einstellungen',
    description: 'Was auf diesem Server gilt; ohne Angaben wird es gezeigt',
    options: {
      channels: { name: 'kanäle', description: 'Die einzigen Kanäle dafür erwähnen, oder „all“' },
      roles: {
        name: 'rollen',
        description: 'Die einzigen Rollen, die dürfen, erwähnen, oder „all“',
      },
      daily: {
        name: 'tageslimit',
        description: 'Anfragen pro Person und Tag; 0: wie der Betreiber sagt',
      },
      rounds: { name: 'runden', description: 'Höchstzahl an Runden; 0: wie der Betreiber sagt' },
      followUps: {
        name: 'folgenachrichten',
        description: 'Ob Nachrichten im Thread ohne Erwähnung zählen',
      },
    },
  },
  form: {
    title: 'Dieses Bild bearbeiten',
    request: 'Was anders werden soll',
    example: 'lass es wie einen nebligen Morgen aussehen',
    files: 'Weitere Bilder',
    filesHint: 'Solche, um die es in der Bitte geht',
  },
  mentionMe: 'Erwähne mich in deiner nächsten Nachricht: Andere kann ich hier nicht lesen.',
  showResult: 'Ergebnis zeigen',
  suggestions: {
    'make it look like a foggy morning': 'wie an einem nebligen Morgen',
    'make it look like golden hour': 'wie zur goldenen Stunde',
    'make it cinematic': 'wie im Kino',
    'make it look like film noir': 'wie ein Film noir',
    'make it look like a vintage photograph': 'wie eine alte Fotografie',
    'make it dreamy': 'verträumt',
    'make it look like a moonlit night': 'wie in einer Mondnacht',
    'make it look like autumn': 'herbstlich',
    'make the sky more dramatic': 'ein dramatischerer Himmel',
    'make it black and white': 'in Schwarz-Weiß',
    'make it warmer and a little brighter': 'wärmer und etwas heller',
    'remove the haze': 'ohne Dunst',
    'straighten it': 'gerade ausrichten',
    'crop it to 16:9': 'auf 16:9 zuschneiden',
    'blur the background': 'unscharfer Hintergrund',
  },
};
