import type { ErrorCode } from '../../../errors.ts';

const TRY_AGAIN = 'Algo ha salido mal por nuestra parte. Inténtalo otra vez, por favor.';
const LATER = 'El bot tiene un problema propio. Inténtalo otra vez en unos minutos.';
const OPERATOR = 'El bot no está configurado para esto. Avisa a quien lo administra.';

export const SPANISH_FAILURES: Readonly<Record<ErrorCode, string>> = {
  BAD_USAGE: OPERATOR,
  BAD_SETTINGS: OPERATOR,
  EMPTY_REQUEST: 'Di en una frase qué hay que cambiar.',
  REQUEST_TOO_LONG: 'Esa petición es demasiado larga. Dilo con menos palabras.',
  NOT_UNDERSTOOD: 'No te he entendido. Dilo de otra manera, o en inglés.',
  NOT_SUPPORTED: 'Eso no lo sé hacer. Pídeme otra cosa.',
  CONTENT_REFUSED: 'Eso no lo puedo hacer ni mostrar aquí. Pídeme otra cosa.',
  IMAGE_NOT_FOUND: 'No hay ninguna imagen que editar. Envía una con tu petición, o responde a una.',
  IMAGE_EMPTY: 'Ese archivo está vacío. Envía la imagen otra vez, por favor.',
  IMAGE_FORMAT: 'No sé leer ese tipo de archivo. Envía una imagen JPEG, PNG, WebP o HEIC.',
  IMAGE_DAMAGED: 'Esa imagen está dañada. Envíala otra vez, por favor.',
  IMAGE_TOO_LARGE: 'Ese archivo es demasiado grande. Envía uno más pequeño.',
  IMAGE_TOO_MANY_PIXELS: 'Esa imagen tiene demasiados píxeles. Envía una más pequeña.',
  IMAGE_TOO_MANY_FRAMES: 'Esa animación es demasiado larga. Envía una sola imagen.',
  IMAGE_TOO_SLOW: 'Esa imagen tarda demasiado en leerse. Envíala en otro formato.',
  MASK_UNUSABLE:
    'Esa máscara no se puede usar. Envía una que sea blanca donde la imagen puede cambiar y negra en el resto.',
  OUTPUT_NOT_WRITABLE: LATER,
  ENGINE_UNKNOWN: 'Aquí no hay ningún motor con ese nombre. Elige otro.',
  ENGINE_START: LATER,
  ENGINE_CRASHED: 'El motor ha fallado con esta imagen. Inténtalo otra vez, por favor.',
  ENGINE_OUT_OF_MEMORY: 'Esa imagen es demasiado grande para el motor. Envía una más pequeña.',
  ENGINE_UNAVAILABLE:
    'Ahora mismo no se puede contactar con el motor. Inténtalo otra vez en unos minutos.',
  CHECKPOINT_UNUSABLE: LATER,
  PROVIDER_UNAVAILABLE: LATER,
  MODERATION_UNAVAILABLE:
    'Ahora mismo no se pueden revisar las peticiones. Inténtalo otra vez en unos minutos.',
  STORE_UNAVAILABLE: LATER,
  STORAGE_FULL: LATER,
  LEASE_LOST: TRY_AGAIN,
  RATE_LIMITED: 'Ha habido demasiados mensajes a la vez. Inténtalo otra vez en un minuto.',
  PLATFORM_UNAVAILABLE: 'No se ha podido acceder al chat. Inténtalo otra vez, por favor.',
  NOT_PERMITTED: 'Me falta un permiso aquí. Pídeselo a un admin.',
  MESSAGE_GONE: 'Ese mensaje ya no existe.',
  CHANNEL_GONE: 'Ese lugar ya no existe.',
  MESSAGE_REFUSED: 'El chat no ha aceptado mi respuesta. Inténtalo otra vez, por favor.',
  ATTACHMENT_TOO_LARGE:
    'El resultado es demasiado grande para este chat. Pide una imagen más pequeña.',
  JOB_UNREADABLE: 'Esa petición es de otra versión. Hazla otra vez, por favor.',
  TURN_LOST: TRY_AGAIN,
  UPDATES_GONE: TRY_AGAIN,
  STOPPED: 'Se ha detenido.',
  DEADLINE: 'Se ha acabado el tiempo. Pulsa «Reintentar» para empezar de nuevo.',
  SHUTDOWN: 'El bot se ha reiniciado. Inténtalo otra vez, por favor.',
  INTERNAL: TRY_AGAIN,
};
