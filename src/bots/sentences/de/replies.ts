import type { TurnState } from '../../../store/records.ts';
import { formatsOf } from '../formats.ts';
import type { Replies } from '../replies.ts';

const { ago, list, number, plural } = formatsOf('de');

const STATES: Readonly<Record<TurnState, string>> = {
  waiting: 'wartet',
  queued: 'in der Warteschlange',
  running: 'in Arbeit',
  succeeded: 'fertig',
  stopped: 'gestoppt',
  expired: 'Zeit abgelaufen',
  asked: 'ich habe nachgefragt',
  declined: 'das konnte ich nicht',
  failed: 'schiefgegangen',
};

const request = (words: string): string => (words === '' ? 'Ein Bild' : `„${words}“`);

const requests = (count: number): string =>
  `${number(count)} ${plural(count, { one: 'Anfrage', other: 'Anfragen' })}`;

export const GERMAN_REPLIES: Replies = {
  help: [
    'Schick mir ein Bild und sag, was anders werden soll: „mach daraus einen nebligen Morgen“, „schneide es auf 16:9 zu“, „mach den Himmel dramatischer“. Ich denke darüber nach, bearbeite es, sehe mir mein Ergebnis an und bessere nach, bis es passt. Wenn ich dich nicht verstehe, versuch es auf Englisch.',
    'Dann rede einfach weiter: „etwas weniger“, „jetzt in Schwarz-Weiß“. Ich bearbeite das neueste Ergebnis oder das, auf das du antwortest.',
    '„rückgängig“, „wiederherstellen“, „zurück zum Original“, „nimm Runde 1“, „stopp“, „nochmal“, „vergleichen“, „was hast du geändert?“ und „Verlauf“ gehen auch. „vergiss mich“ löscht alles, was ich von dir habe.',
  ].join('\n'),

  whichPicture:
    'Welches Bild meinst du? Schick es hierher, dann mache ich mit deinem Wunsch weiter.',
  whatToDo: 'Was soll ich mit diesem Bild machen?',
  shallI: 'War das für mich? Drück auf den Knopf, dann bearbeite ich das Bild so.',
  changedRequest:
    'Du hast deinen Wunsch geändert, als ich schon fertig war. Soll ich den neuen erfüllen?',

  tooManyPictures: (most) =>
    most === 1
      ? 'Ich kann nur ein Bild auf einmal nehmen. Bitte schick nur das, um das es geht.'
      : `Ich kann bis zu ${number(most)} Bilder auf einmal nehmen. Bitte schick weniger.`,
  limits: {
    openPerPerson:
      'Ich bin noch mit deinen anderen Anfragen beschäftigt. Warte bitte auf eine davon oder sag „stopp“.',
    dailyPerPerson: 'Das war deine letzte Anfrage für heute. Morgen bin ich wieder für dich da.',
    dailyInWorkspace:
      'Das war hier deine letzte Anfrage für heute. Morgen bin ich wieder für dich da.',
    dailyTotal: 'Mehr Anfragen darf ich heute nicht annehmen. Komm bitte morgen wieder.',
  },
  noPictureYet: 'Hier gibt es noch kein Bild. Schick eines und sag, was anders werden soll.',

  undone: 'Zurück bei diesem Bild.',
  redone: 'Wieder bei diesem Bild.',
  original: 'Zurück beim Original. „rückgängig“ führt dorthin, wo wir waren.',
  using: (round) => `Wir machen mit Runde ${round} weiter.`,
  withdrawn: 'Zurückgenommen. Wir machen mit diesem Bild weiter.',
  nothingToUndo: 'Es gibt nichts rückgängig zu machen.',
  nothingToRedo: 'Es gibt nichts wiederherzustellen.',
  atOriginal: 'Wir sind schon beim Original.',
  noSuchRound: (round, rounds) =>
    rounds.length === 0
      ? `Hier gibt es noch keine Runde ${round}.`
      : `Hier gibt es keine Runde ${round}, nur ${plural(rounds.length, { one: 'Runde', other: 'die Runden' })} ${list(rounds.map(String))}.`,

  nothingToStop: 'Von dir ist hier gerade nichts in Arbeit.',
  notYours: 'Das hat jemand anderes gewünscht. Nur diese Person und Admins können es stoppen.',
  nothingToRetry: 'Hier gibt es nichts, was ich noch einmal machen könnte.',
  sameAgain: 'Es käme wieder dasselbe heraus. Sag mir, was anders sein soll.',

  compared: 'Vorher und nachher.',
  altBefore: 'Das Bild vorher.',
  altAfter: 'Das Bild nachher.',
  altNow: 'Das Bild, mit dem es weitergeht.',
  nothingToCompare: 'Es gibt noch nichts zu vergleichen: das Bild ist noch so, wie es kam.',
  explained: (words, reasoning, instructions) =>
    [
      `Dein Wunsch: „${words}“.`,
      ...(reasoning === '' ? [] : [`Meine Überlegung: ${reasoning}`]),
      instructions.length === 1
        ? 'Das habe ich gemacht:'
        : 'Das habe ich Schritt für Schritt gemacht:',
      ...instructions.map((instruction) => `• ${instruction}`),
    ].join('\n'),
  nothingToExplain: 'Ich habe dieses Bild nicht verändert: es ist noch so, wie es kam.',
  history: (lines) => ['Das haben wir hier gemacht:', ...lines].join('\n'),
  historyLine: (sequence, words, state, isCurrent) =>
    `${sequence}. ${request(words)}: ${STATES[state]}${isCurrent ? ' ← hier sind wir' : ''}`,
  noHistory: 'Wir haben hier noch nichts gemacht.',
  recent: 'Das hast du dir zuletzt gewünscht:',
  noRecent: 'Du hast dir noch nichts von mir gewünscht.',
  request,
  stateAndTime: (state, agoMs) => `${STATES[state]}, ${ago(agoMs)}`,
  thanks: 'Danke, ist notiert.',

  settings: {
    allChannels: 'Ich arbeite in allen Kanälen.',
    onlyChannels: (channels) => `Ich arbeite nur in diesen Kanälen: ${list(channels)}.`,
    everybody: 'Alle dürfen mich fragen.',
    onlyRoles: (roles) => `Nur diese Rollen dürfen mich fragen: ${list(roles)}.`,
    noDailyLimit: 'Wie viele Anfragen am Tag kommen, ist nicht begrenzt.',
    dailyLimit: (count) =>
      `Pro Person und Tag ${plural(count, { one: 'geht', other: 'gehen' })} ${requests(count)}.`,
    rounds: (most) =>
      `Eine Anfrage dauert ${most === 1 ? 'eine Runde' : `bis zu ${number(most)} Runden`}.`,
    followUps: 'In meinen Threads höre ich auch auf Nachrichten, die mich nicht erwähnen.',
    noFollowUps:
      'Ich antworte nur, wenn man mich erwähnt, mir antwortet oder ich etwas gefragt habe.',
  },
  settingsAreForAdmins: 'Nur Admins können meine Einstellungen ändern.',
  noSettingsHere: 'Hier habe ich keine Einstellungen: sie gehören zu einem Server oder Workspace.',
  notInThisChannel: (channels) =>
    channels.length === 0
      ? 'In diesem Kanal soll ich nicht arbeiten. Bitte frag mich in einem anderen.'
      : `In diesem Kanal soll ich nicht arbeiten. Bitte frag mich hier: ${list(channels)}.`,
  notYourRole: (roles) =>
    roles.length === 0
      ? 'Hier dürfen mich nur bestimmte Rollen fragen. Bitte wende dich an einen Admin.'
      : `Hier darf mich nur fragen, wer eine dieser Rollen hat: ${list(roles)}. Bitte wende dich an einen Admin.`,

  forgetMe:
    'Das löscht alles, was ich von dir habe: deine Anfragen, deine Bilder und ihre Ergebnisse, hier und überall sonst, für immer. Soll ich?',
  forgotten: (turns) =>
    turns === 0
      ? 'Von dir war nichts da, was ich löschen könnte.'
      : `Für immer gelöscht: ${requests(turns)} mit allen Bildern.`,
};
