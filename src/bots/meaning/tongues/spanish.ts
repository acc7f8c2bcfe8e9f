import type { Tongue } from './tongue.ts';

const N = 'dos|tres|cuatro|cinco|[1-9]\\d?';
const SHOW = '(?:(?:muéstrame|enséñame|muestra|enseña|ver) )?';
const ROUND = '(?:ronda|versión|variación|variante|opción)';

export const SPANISH: Tongue = {
  isSpaced: true,
  openers:
    'por favor|porfa|hola|ok|vale|bueno|entonces|pues|no|sí|gracias|ahora|mejor|puedes|podrías|oye',
  closers: 'por favor|porfa|gracias|ahora|ya|mejor|entonces|vale',
  numbers: { uno: 1, una: 1, dos: 2, tres: 3, cuatro: 4, cinco: 5 },
  thanks:
    '(?:muchas |mil |muchísimas )?gracias(?: (?:bot|a ti))*|(?:muy |qué |está |queda |super )*(?:genial|perfecto|perfecta|bonito|bonita|increíble|estupendo|bien|guay|precioso|preciosa|excelente|chulo)(?: gracias)?|me (?:gusta|encanta)(?: mucho)?|bien hecho|buen trabajo',
  greetings: '(?:hola|buenas|buenos días|buenas (?:tardes|noches))(?: (?:bot|a todos))*',
  fillers:
    'aquí(?: (?:tienes|está|va))?|(?:esta|este|ésta)(?: (?:imagen|foto|de aquí))?|(?:la|mi) (?:imagen|foto)|toma|usa esta|ahí (?:va|tienes)',
  sayings: [
    {
      name: 'forget-me',
      saidBy: 'addresser',
      phrases: [
        'olvídame|olvídate de mí|olvida todo (?:sobre|de) mí|(?:borra|elimina)(?: todos)? mis datos|(?:borra|elimina) todo lo que (?:sabes|guardas|tienes) (?:sobre|de) mí',
      ],
    },
    {
      name: 'stop',
      saidBy: 'requester',
      phrases: [
        'parar?(?: (?:eso|esto|todo))?|detente|detener(?:lo)?|deténlo|cancelar?(?:lo)?(?: (?:eso|esto|la petición))?|alto|basta|espera|déjalo|olvídalo|stop',
      ],
    },
    {
      name: 'original',
      saidBy: 'anyone',
      phrases: [
        '(?:vuelve|volver|regresa|regresar|vamos) (?:al (?:original|principio|inicio|comienzo)|a la (?:imagen |foto )?(?:original|inicial))|al original',
        'empieza (?:de nuevo|de cero|desde (?:el principio|cero)|otra vez)|empezar (?:de nuevo|de cero)|desde cero|desha(?:z|cer)(?:lo)? todo|restablecer?(?: todo)?|reiniciar?(?: todo)?',
      ],
    },
    {
      name: 'undo',
      saidBy: 'anyone',
      phrases: [
        'deshacer(?:lo)?|deshaz(?:lo)?(?: (?:eso|esto|lo último|el último cambio|la última edición))?|revertir|revierte(?: eso)?|undo|ctrl z',
        `desha(?:z|cer) (?:los |las )?(?:últim[oa]s )?(?<count>${N})(?: (?:veces|pasos|cambios|ediciones))?`,
      ],
    },
    {
      name: 'undo',
      saidBy: 'requester',
      phrases: [
        '(?:vuelve |volver |un paso |ve )?(?:hacia )?atrás|(?:vuelve a )?la (?:anterior|imagen anterior|versión anterior|foto anterior)|(?:estaba|era) mejor antes|antes (?:estaba|era) mejor',
      ],
    },
    {
      name: 'redo',
      saidBy: 'anyone',
      phrases: ['rehacer(?:lo)?|rehaz(?:lo)?(?: eso)?|redo|un paso adelante'],
    },
    {
      name: 'retry',
      saidBy: 'anyone',
      phrases: ['reintentar(?:lo)?|reintenta(?:lo)?|regenerar?(?:lo)?'],
    },
    {
      name: 'retry',
      saidBy: 'requester',
      phrases: [
        '(?:(?:inténtalo|prueba|pruébalo|hazlo) )?(?:otra vez|de nuevo|una vez más)|repítelo|otro intento|otra versión',
      ],
    },
    {
      name: 'variations',
      saidBy: 'requester',
      phrases: [
        '(?:(?:muéstrame|enséñame|dame|haz|hazme|quiero) )?(?:(?:unas|algunas|más|otras|varias|tres|las) )*(?:variaciones|variantes|versiones|alternativas)',
      ],
    },
    {
      name: 'compare',
      saidBy: 'anyone',
      phrases: [
        `compara(?:r|lo|la|los|las)?(?: (?:con (?:el original|antes)|las dos))?|${SHOW}(?:el )?antes y (?:el )?después|${SHOW}(?:la )?(?:comparación|diferencia)|(?:muéstrame|enséñame|muestra) el (?:original|antes)|lado a lado`,
      ],
    },
    {
      name: 'explain',
      saidBy: 'requester',
      phrases: [
        '(?:qué (?:has|habías) (?:cambiado|hecho|modificado|editado)|qué (?:cambiaste|hiciste|modificaste)|qué (?:ha cambiado|cambió)|explica(?:lo|melo|me)?(?: (?:eso|qué has hecho))?|por qué (?:has|hiciste) [^?]*)(?: \\?)?',
      ],
    },
    {
      name: 'history',
      saidBy: 'requester',
      phrases: [`${SHOW}(?:el |mi |nuestro )?historial|qué hemos hecho(?: hasta ahora)?(?: \\?)?`],
    },
    {
      name: 'use',
      saidBy: 'anyone',
      phrases: [
        `(?:usar?|elige|elegir|quédate con|me quedo con|toma|prefiero|sigue con|vuelve a) (?:la )?${ROUND} (?:número )?(?<round>uno|una|${N})`,
      ],
    },
    {
      name: 'use',
      saidBy: 'requester',
      phrases: [
        `(?:la )?ronda (?<round>${N})(?: (?:es|está|estaba|era) (?:mucho )?mejor)?|me gust(?:a|ó) más la ronda (?<round>${N})`,
      ],
    },
    {
      name: 'help',
      saidBy: 'requester',
      phrases: [
        '(?:ayuda(?:me)?|ayúdame|comandos|qué (?:puedes|sabes) hacer|cómo (?:funcionas?|te uso|se usa)(?: (?:esto|el bot|este bot))?|para qué sirves)(?: \\?)?',
      ],
    },
    {
      name: 'help',
      saidBy: 'addresser',
      phrases: ['(?:quién eres|qué eres|eres un bot|estás ahí)(?: \\?)?'],
    },
  ],
};
