import type { ErrorCode } from '../../../errors.ts';

const TRY_AGAIN = 'Bei uns ist etwas schiefgegangen. Bitte versuch es noch einmal.';
const LATER = 'Der Bot hat gerade selbst ein Problem. Bitte versuch es in ein paar Minuten wieder.';
const OPERATOR = 'Der Bot ist dafür nicht eingerichtet. Bitte sag dem Bescheid, der ihn betreibt.';

export const GERMAN_FAILURES: Readonly<Record<ErrorCode, string>> = {
  BAD_USAGE: OPERATOR,
  BAD_SETTINGS: OPERATOR,
  EMPTY_REQUEST: 'Sag in einem Satz, was anders werden soll.',
  REQUEST_TOO_LONG: 'Das ist zu lang. Bitte sag es mit weniger Worten.',
  NOT_UNDERSTOOD: 'Das habe ich nicht verstanden. Bitte sag es anders oder auf Englisch.',
  NOT_SUPPORTED: 'Das kann ich nicht. Bitte wünsch dir etwas anderes.',
  CONTENT_REFUSED: 'Das kann ich hier nicht machen oder zeigen. Bitte wünsch dir etwas anderes.',
  IMAGE_NOT_FOUND:
    'Es gibt hier kein Bild zum Bearbeiten. Schick eines mit oder antworte auf eines.',
  IMAGE_EMPTY: 'Die Datei ist leer. Bitte schick das Bild noch einmal.',
  IMAGE_FORMAT:
    'So eine Datei kann ich nicht lesen. Bitte schick ein Bild als JPEG, PNG, WebP oder HEIC.',
  IMAGE_DAMAGED: 'Das Bild ist beschädigt. Bitte schick es noch einmal.',
  IMAGE_TOO_LARGE: 'Die Datei ist zu groß. Bitte schick eine kleinere.',
  IMAGE_TOO_MANY_PIXELS: 'Das Bild hat zu viele Pixel. Bitte schick ein kleineres.',
  IMAGE_TOO_MANY_FRAMES: 'Die Animation ist zu lang. Bitte schick ein einzelnes Bild.',
  IMAGE_TOO_SLOW: 'Das Bild zu lesen dauert zu lange. Bitte schick es in einem anderen Format.',
  MASK_UNUSABLE:
    'Diese Maske lässt sich nicht verwenden. Bitte schick eine, die weiß ist, wo sich das Bild ändern darf, und sonst schwarz.',
  OUTPUT_NOT_WRITABLE: LATER,
  ENGINE_UNKNOWN: 'Eine Engine mit diesem Namen gibt es hier nicht. Bitte nimm eine andere.',
  ENGINE_START: LATER,
  ENGINE_CRASHED: 'Die Engine ist an diesem Bild gescheitert. Bitte versuch es noch einmal.',
  ENGINE_OUT_OF_MEMORY: 'Das Bild ist zu groß für die Engine. Bitte schick ein kleineres.',
  ENGINE_UNAVAILABLE:
    'Die Engine ist gerade nicht erreichbar. Bitte versuch es in ein paar Minuten wieder.',
  CHECKPOINT_UNUSABLE: LATER,
  PROVIDER_UNAVAILABLE: LATER,
  MODERATION_UNAVAILABLE:
    'Anfragen können gerade nicht geprüft werden. Bitte versuch es in ein paar Minuten wieder.',
  STORE_UNAVAILABLE: LATER,
  STORAGE_FULL: LATER,
  LEASE_LOST: TRY_AGAIN,
  RATE_LIMITED:
    'Das waren zu viele Nachrichten auf einmal. Bitte versuch es in einer Minute wieder.',
  PLATFORM_UNAVAILABLE: 'Der Chat war nicht erreichbar. Bitte versuch es noch einmal.',
  NOT_PERMITTED: 'Mir fehlt hier eine Berechtigung. Bitte frag einen Admin.',
  MESSAGE_GONE: 'Diese Nachricht gibt es nicht mehr.',
  CHANNEL_GONE: 'Diesen Ort gibt es nicht mehr.',
  MESSAGE_REFUSED: 'Der Chat hat meine Antwort nicht angenommen. Bitte versuch es noch einmal.',
  ATTACHMENT_TOO_LARGE:
    'Das Ergebnis ist zu groß für diesen Chat. Bitte wünsch dir ein kleineres Bild.',
  JOB_UNREADABLE: 'Diese Anfrage stammt von einer anderen Version. Bitte stell sie noch einmal.',
  TURN_LOST: TRY_AGAIN,
  UPDATES_GONE: TRY_AGAIN,
  STOPPED: 'Es wurde gestoppt.',
  DEADLINE: 'Die Zeit ist abgelaufen. Drück „Nochmal versuchen“, um neu zu starten.',
  SHUTDOWN: 'Der Bot wurde neu gestartet. Bitte versuch es noch einmal.',
  INTERNAL: TRY_AGAIN,
};
