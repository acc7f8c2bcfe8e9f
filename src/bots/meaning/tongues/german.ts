import type { Tongue } from './tongue.ts';

const N = 'zwei|drei|vier|fünf|[1-9]\\d?';
const IT = '(?:es|das|dies|alles|die letzte (?:änderung|bearbeitung)|den letzten schritt)';
const SHOW = '(?:zeige?(?: mir| uns)? )?';
const ROUND = '(?:runde|version|variante|nummer)';

export const GERMAN: Tongue = {
  isSpaced: true,
  openers:
    'bitte|hallo|ok|gut|so|dann|jetzt|nein|ne|nee|doch|also|danke|kannst du|könntest du|mal|hey',
  closers: 'bitte|mal|jetzt|doch|wieder|danke(?: schön)?|sofort|kurz|lieber',
  numbers: { zwei: 2, zweimal: 2, drei: 3, dreimal: 3, vier: 4, fünf: 5, funf: 5 },
  thanks:
    '(?:vielen |lieben |tausend |besten )?dank(?:e)?(?: (?:schön|dir|euch|sehr|vielmals))*|dankeschön|(?:(?:sehr |echt |wirklich |richtig )?(?:schön|toll|super|klasse|prima|perfekt|genial|gut|hübsch)|sieht (?:sehr |echt |richtig )?(?:gut|toll|super|klasse|schön) aus|gefällt mir(?: sehr| gut)*|wow)(?: (?:gemacht|danke))?',
  greetings:
    '(?:hallo|hi|hey|moin|servus|grüß (?:dich|gott)|guten (?:morgen|tag|abend))(?: (?:bot|zusammen|du))*',
  fillers:
    'hier(?: (?:ist (?:es|das bild|das foto)|bitte|das bild))?|(?:dieses|das|dies)(?: (?:hier|da|bild|foto))?|bitte sehr|nimm (?:dieses|das)(?: hier)?|mein (?:bild|foto)',
  sayings: [
    {
      name: 'forget-me',
      saidBy: 'addresser',
      phrases: [
        'vergiss mich|vergiss alles (?:über mich|von mir)|lösche? (?:bitte )?(?:alle )?meine daten|lösche? (?:bitte )?alles(?: was du)? (?:über mich|von mir)(?: (?:hast|weißt|gespeichert hast))?',
      ],
    },
    {
      name: 'stop',
      saidBy: 'requester',
      phrases: [
        'stopp?(?: (?:es|das|alles))?|stoppen?|halt|anhalten|abbrechen|brich (?:es |das |alles )?ab|hör auf|aufhören|lass (?:es|das)(?: sein)?|vergiss es|warte|genug|(?:es|das) reicht|abbruch',
      ],
    },
    {
      name: 'original',
      saidBy: 'anyone',
      phrases: [
        '(?:(?:geh|gehe|spring|kehre?|setze? es) )?(?:ganz )?zurück (?:zum (?:original|anfang|start|ausgangsbild|ursprung)|zum ersten bild|an den anfang)',
        'zurücksetzen|setze? (?:es|das|alles) zurück|(?:mach )?alles rückgängig(?: machen)?|von vorne?(?: anfangen)?|neu anfangen',
        '(?:fang|fange|beginne?|starte) (?:noch ?mal |noch einmal |wieder )?(?:von vorne?|neu|von null|von anfang)(?: an)?',
      ],
    },
    {
      name: 'undo',
      saidBy: 'anyone',
      phrases: [
        `(?:mache? )?(?:${IT} )?(?:(?:bitte|mal|wieder|doch) )?(?:rückgängig|rueckgaengig)(?: machen)?|undo|nimm (?:es|das) zurück`,
        `(?:mache? )?(?:die )?(?:letzten )?(?<count>${N})(?: ?mal| schritte| änderungen)? (?:rückgängig|zurück)(?: machen)?|(?:rückgängig|undo) (?<count>${N}|zweimal|dreimal)(?: ?mal| schritte)?|(?<count>zweimal|dreimal) (?:rückgängig|zurück)`,
      ],
    },
    {
      name: 'undo',
      saidBy: 'requester',
      phrases: [
        '(?:geh |gehe )?(?:einen schritt |eins |einen )?zurück|(?:zurück )?(?:zum|zur|das|die) (?:vorherigen?|vorige[nrs]?|letzten?) (?:bild|version|stand)|(?:es |das )?(?:vorher|davor) war(?: es| das)? besser|(?:es|das) war (?:vorher|davor) besser',
      ],
    },
    {
      name: 'redo',
      saidBy: 'anyone',
      phrases: [
        '(?:stelle? (?:es|das) wieder her|wiederherstellen|redo)|(?:geh |gehe )?einen schritt vor(?:wärts)?|doch wieder vor',
      ],
    },
    {
      name: 'retry',
      saidBy: 'anyone',
      phrases: ['(?:noch ?mal|erneut|neu) (?:versuchen|generieren)|generiere? (?:es |das )?neu'],
    },
    {
      name: 'retry',
      saidBy: 'requester',
      phrases: [
        '(?:versuche?|probiere?|mache?) (?:es |das )?(?:noch ?mal|noch einmal|erneut)|noch ?mals?|noch einmal|erneut|neuer versuch|noch (?:ein versuch|eins|eine version)|wiederhole? (?:es|das)|ein anderes',
      ],
    },
    {
      name: 'variations',
      saidBy: 'requester',
      phrases: [
        '(?:(?:zeige?|mache?|gib|erzeuge?)(?: mir| uns)? )?(?:(?:ein paar|mehr|andere|weitere|noch|einige|drei|die) )*(?:varianten|variationen|versionen|alternativen)',
      ],
    },
    {
      name: 'compare',
      saidBy: 'anyone',
      phrases: [
        `${SHOW}(?:den |einen )?(?:vergleich|vorher (?:und |, )?nachher|unterschied)|vergleichen?(?: (?:es|das|sie|beide|die beiden))?(?: mit (?:dem original|vorher))?|(?:es )?(?:mit (?:dem original|vorher) )?vergleichen|zeige?(?: mir| uns)? (?:das original|das vorher|wie es vorher war)|nebeneinander`,
      ],
    },
    {
      name: 'explain',
      saidBy: 'requester',
      phrases: [
        'was (?:genau )?(?:hast|hattest) du (?:gerade |da |genau |denn )?(?:geändert|gemacht|verändert|bearbeitet|getan)|was (?:ist|hat sich) (?:jetzt )?(?:anders|geändert|verändert)|erkläre?(?: (?:es|das|mir das|mir was du gemacht hast))?|warum hast du [^?]*',
      ].map((phrase) => `(?:${phrase})(?: \\?)?`),
    },
    {
      name: 'history',
      saidBy: 'requester',
      phrases: [
        `${SHOW}(?:den |die |unseren |meinen |unsere )?(?:verlauf|historie|chronik)|was haben wir (?:bisher |bis jetzt |hier )?(?:gemacht|geändert)(?: \\?)?`,
      ],
    },
    {
      name: 'use',
      saidBy: 'anyone',
      phrases: [
        `(?:nimm|nutze?|benutze?|verwende?|behalte?|wähle?|(?:mache? )?weiter mit|zurück zu(?:r)?|ich nehme) (?:lieber )?(?:die )?${ROUND} (?<round>eins|${N})|${ROUND} (?<round>eins|${N}) nehmen`,
      ],
    },
    {
      name: 'use',
      saidBy: 'requester',
      phrases: [
        `(?:die )?runde (?<round>${N})(?: (?:war|ist|sah|gefällt mir) (?:viel )?(?:besser|am besten)(?: aus)?)?`,
      ],
    },
    {
      name: 'help',
      saidBy: 'requester',
      phrases: [
        '(?:hilfe|hilf mir|befehle|was kannst du(?: (?:alles|so|denn|machen|tun))*|wie (?:geht|funktioniert) (?:das|dieser bot|der bot|es)|wie (?:benutze|bediene) ich (?:dich|das|den bot))(?: \\?)?',
      ],
    },
    {
      name: 'help',
      saidBy: 'addresser',
      phrases: ['(?:wer bist du|was bist du|bist du (?:da|ein bot|online|echt))(?: \\?)?'],
    },
  ],
};
