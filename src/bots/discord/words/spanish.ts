import type { Words } from './types.ts';

export const SPANISH_WORDS: Words = {
  locales: ['es-ES', 'es-419'],
  edit: {
    name: 'editar',
    description: 'Edita una imagen: basta con decir qué cambiar',
    options: {
      prompt: { name: 'petición', description: 'Qué cambiar' },
      image: { name: 'imagen', description: 'La imagen; sin ella, el último resultado del hilo' },
      more: { name: 'imagen', description: 'Otra imagen de la que trata la petición' },
      mask: {
        name: 'máscara',
        description: 'Blanca donde la imagen puede cambiar, negra en el resto',
      },
      url: { name: 'dirección', description: 'La dirección de una imagen en la web' },
      rounds: { name: 'rondas', description: 'Cuántas veces editar y volver a mirar' },
      seed: { name: 'semilla', description: 'La misma semilla da el mismo resultado' },
      engine: { name: 'motor', description: 'Lo que piensa y edita' },
      private: { name: 'privado', description: 'Solo tú lo ves' },
    },
  },
  editThis: 'Editar esta imagen',
  help: { name: 'edit-ayuda', description: 'Qué hace el bot y cómo hablarle' },
  history: { name: 'edit-historial', description: 'Lo que pediste y lo que salió de ello' },
  forgetMe: {
    name: 'edit-olvídame',
    description: 'Borra para siempre todo lo que el bot guarda de ti',
  },
  settings: {
    name: 'edit-ajustes',
    description: 'Lo que vale en este servidor; sin opciones lo muestra',
    options: {
      channels: { name: 'canales', description: 'Menciona los únicos canales permitidos, o «all»' },
      roles: { name: 'roles', description: 'Menciona los únicos roles que pueden pedir, o «all»' },
      daily: {
        name: 'límite-diario',
        description: 'Peticiones por persona y día; 0: lo que diga el operador',
      },
      rounds: { name: 'rondas', description: 'Máximo de rondas; 0: lo que diga el operador' },
      followUps: {
        name: 'continuaciones',
        description: 'Si los mensajes de un hilo valen sin mención',
      },
    },
  },
  form: {
    title: 'Editar esta imagen',
    request: 'Qué cambiar',
    example: 'que parezca una mañana de niebla',
    files: 'Más imágenes',
    filesHint: 'Aquellas de las que trata la petición, si las hay',
  },
  mentionMe: 'Mencióname en tu próximo mensaje: aquí no puedo leer los demás.',
  showResult: 'Mostrar el resultado',
  suggestions: {
    'make it look like a foggy morning': 'como una mañana de niebla',
    'make it look like golden hour': 'como en la hora dorada',
    'make it cinematic': 'como en el cine',
    'make it look like film noir': 'como cine negro',
    'make it look like a vintage photograph': 'como una fotografía antigua',
    'make it dreamy': 'como un sueño',
    'make it look like a moonlit night': 'a la luz de la luna',
    'make it look like autumn': 'en otoño',
    'make the sky more dramatic': 'un cielo más dramático',
    'make it black and white': 'en blanco y negro',
    'make it warmer and a little brighter': 'más cálida y algo más clara',
    'remove the haze': 'sin bruma',
    'straighten it': 'enderezar',
    'crop it to 16:9': 'recortar a 16:9',
    'blur the background': 'fondo desenfocado',
  },
};
