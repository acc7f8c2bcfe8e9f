import type { TurnState } from '../../../store/records.ts';
import { formatsOf } from '../formats.ts';
import type { Replies } from '../replies.ts';

const { ago, list, number, plural } = formatsOf('es');

const STATES: Readonly<Record<TurnState, string>> = {
  waiting: 'en espera',
  queued: 'en la cola',
  running: 'en marcha',
  succeeded: 'lista',
  stopped: 'detenida',
  expired: 'sin tiempo',
  asked: 'te hice una pregunta',
  declined: 'no pude hacerlo',
  failed: 'ha fallado',
};

const request = (words: string): string => (words === '' ? 'Una imagen' : `«${words}»`);

const requests = (count: number): string =>
  `${number(count)} ${plural(count, { one: 'petición', other: 'peticiones' })}`;

export const SPANISH_REPLIES: Replies = {
  help: [
    'Envíame una imagen y di qué hay que cambiar: «que parezca una mañana de niebla», «recórtala a 16:9», «haz el cielo más dramático». Lo pienso, la edito, miro mi propio resultado y lo corrijo hasta que encaje. Si no te entiendo, prueba en inglés.',
    'Después sigue hablando: «un poco menos», «ahora en blanco y negro». Edito el último resultado, o aquel al que respondas.',
    'También valen «deshacer», «rehacer», «vuelve al original», «usa la ronda 1», «para», «otra vez», «comparar», «¿qué has cambiado?» e «historial». «olvídame» borra todo lo que guardo de ti.',
  ].join('\n'),

  whichPicture: '¿A qué imagen te refieres? Envíala aquí, y sigo con tu petición.',
  whatToDo: '¿Qué hago con esta imagen?',
  shallI: '¿Era para mí? Pulsa el botón, y edito la imagen como has dicho.',
  changedRequest: 'Has cambiado tu petición cuando ya había terminado. ¿Hago la nueva?',

  tooManyPictures: (most) =>
    most === 1
      ? 'Solo puedo con una imagen a la vez. Envía únicamente la que hay que editar.'
      : `Puedo con hasta ${number(most)} imágenes a la vez. Envía menos, por favor.`,
  limits: {
    openPerPerson: 'Todavía estoy con tus otras peticiones. Espera a que acabe una, o di «para».',
    dailyPerPerson: 'Esa ha sido tu última petición de hoy. Mañana vuelvo a estar aquí para ti.',
    dailyInWorkspace:
      'Esa ha sido aquí tu última petición de hoy. Mañana vuelvo a estar aquí para ti.',
    dailyTotal: 'Hoy ya no puedo aceptar más peticiones. Vuelve mañana, por favor.',
  },
  noPictureYet: 'Aquí todavía no hay ninguna imagen. Envía una, y di qué hay que cambiar.',

  undone: 'De vuelta en esta.',
  redone: 'Otra vez en esta.',
  original: 'De vuelta en el original. «deshacer» regresa a donde estábamos.',
  using: (round) => `Seguimos a partir de la ronda ${round}.`,
  withdrawn: 'Retirada. Seguimos a partir de esta.',
  nothingToUndo: 'No hay nada que deshacer.',
  nothingToRedo: 'No hay nada que rehacer.',
  atOriginal: 'Ya estamos en el original.',
  noSuchRound: (round, rounds) =>
    rounds.length === 0
      ? `Aquí todavía no hay ronda ${round}.`
      : `Aquí no hay ronda ${round}, solo ${plural(rounds.length, { one: 'la ronda', other: 'las rondas' })} ${list(rounds.map(String))}.`,

  nothingToStop: 'No estoy haciendo nada tuyo aquí.',
  notYours: 'Esa petición es de otra persona. Pueden pararla esa persona y los admins.',
  nothingToRetry: 'Aquí no hay nada que pueda hacer de nuevo.',
  sameAgain: 'Llegaría al mismo resultado. Dime qué debe ser distinto.',

  compared: 'Antes y después.',
  altBefore: 'La imagen antes.',
  altAfter: 'La imagen después.',
  altNow: 'La imagen que se edita a continuación.',
  nothingToCompare: 'Todavía no hay nada que comparar: la imagen está como llegó.',
  explained: (words, reasoning, instructions) =>
    [
      `Pediste: «${words}».`,
      ...(reasoning === '' ? [] : [`Lo que pensé: ${reasoning}`]),
      instructions.length === 1 ? 'Lo que hice:' : 'Lo que hice, paso a paso:',
      ...instructions.map((instruction) => `• ${instruction}`),
    ].join('\n'),
  nothingToExplain: 'No he cambiado esta imagen: está como llegó.',
  history: (lines) => ['Lo que hemos hecho aquí:', ...lines].join('\n'),
  historyLine: (sequence, words, state, isCurrent) =>
    `${sequence}. ${request(words)}: ${STATES[state]}${isCurrent ? ' ← estamos aquí' : ''}`,
  noHistory: 'Aquí todavía no hemos hecho nada.',
  recent: 'Lo que me has pedido últimamente:',
  noRecent: 'Todavía no me has pedido nada.',
  request,
  stateAndTime: (state, agoMs) => `${STATES[state]}, ${ago(agoMs)}`,
  thanks: 'Gracias, anotado.',

  settings: {
    allChannels: 'Trabajo en todos los canales.',
    onlyChannels: (channels) => `Trabajo solo en estos canales: ${list(channels)}.`,
    everybody: 'Cualquiera puede pedirme ediciones.',
    onlyRoles: (roles) => `Solo estos roles pueden pedirme ediciones: ${list(roles)}.`,
    noDailyLimit: 'No hay límite de peticiones al día.',
    dailyLimit: (count) => `Cada persona puede hacer ${requests(count)} al día.`,
    rounds: (most) =>
      `Una petición lleva ${most === 1 ? 'una ronda' : `hasta ${number(most)} rondas`}.`,
    followUps: 'En mis hilos también escucho los mensajes que no me mencionan.',
    noFollowUps: 'Solo respondo a quien me menciona, me responde o contesta a mi pregunta.',
  },
  settingsAreForAdmins: 'Solo los admins pueden cambiar mis ajustes.',
  noSettingsHere: 'Aquí no tengo ajustes: son los de un servidor o espacio de trabajo.',
  notInThisChannel: (channels) =>
    channels.length === 0
      ? 'No debo trabajar en este canal. Pídemelo en otro, por favor.'
      : `No debo trabajar en este canal. Pídemelo aquí, por favor: ${list(channels)}.`,
  notYourRole: (roles) =>
    roles.length === 0
      ? 'Aquí solo algunos roles pueden pedirme ediciones. Habla con un admin.'
      : `Aquí hace falta uno de estos roles para pedirme ediciones: ${list(roles)}. Habla con un admin.`,

  forgetMe:
    'Esto borra todo lo que guardo de ti: tus peticiones, tus imágenes y sus resultados, aquí y en cualquier otro sitio, para siempre. ¿Lo hago?',
  forgotten: (turns) =>
    turns === 0
      ? 'No había nada tuyo que borrar.'
      : `Borrado para siempre: ${requests(turns)} con todas las imágenes.`,
};
