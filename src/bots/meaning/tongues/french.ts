import type { Tongue } from './tongue.ts';

const N = 'deux|trois|quatre|cinq|[1-9]\\d?';
const SHOW = '(?:(?:montre|affiche|fais voir)(?: moi| nous)? )?';
const ROUND = '(?:passe|version|variante|étape)';
const YOU_DID = '(?:changé|fait|modifié|retouché)';

export const FRENCH: Tongue = {
  isSpaced: true,
  openers:
    "s'il (?:te|vous) plaît|stp|svp|bonjour|salut|ok|bon|alors|non|oui|merci|maintenant|finalement|en fait|peux tu|tu peux|pourrais tu|hé",
  closers:
    "s'il (?:te|vous) plaît|stp|svp|merci(?: beaucoup)?|maintenant|alors|encore|plutôt|tout de suite",
  numbers: { une: 1, deux: 2, trois: 3, quatre: 4, cinq: 5 },
  thanks:
    "(?:(?:un )?grand )?merci(?: (?:beaucoup|bien|à toi|infiniment))*|(?:c'est |trop |très |vraiment )*(?:super|parfait|génial|magnifique|beau|belle|joli|jolie|top|bien|excellent|incroyable|nickel)(?: (?:merci|travail|boulot))*|bravo|bien joué|j'adore|(?:beau|bon) (?:travail|boulot)",
  greetings: '(?:bonjour|bonsoir|salut|coucou)(?: (?:bot|tout le monde|toi))*',
  fillers:
    "voilà|voici(?: (?:l'image|la photo|ma photo|mon image))?|tiens|celle ci|cette (?:image|photo)(?: ci| là)?|(?:ici|l'image|la photo|ma photo|mon image)|prends celle ci",
  sayings: [
    {
      name: 'forget-me',
      saidBy: 'addresser',
      phrases: [
        'oublie moi|oublie tout (?:sur|de) moi|(?:supprime|efface)(?: toutes)? mes données|(?:supprime|efface) tout ce que tu (?:sais|gardes|as) (?:sur|de) moi',
      ],
    },
    {
      name: 'stop',
      saidBy: 'requester',
      phrases: [
        "arrêtez?(?: (?:tout|ça|cela|toi))?|arrêter|stop(?: (?:ça|tout))?|laisse tomber|attends|ça suffit|oublie (?:ça|cela)|annule (?:la|ma|cette) (?:demande|requête)|c'est bon arrête",
      ],
    },
    {
      name: 'original',
      saidBy: 'anyone',
      phrases: [
        "(?:(?:reviens|retourne|retour|revenir|retourner|remets(?: le| la)?) )à (?:l'original(?:e)?|l'image (?:d'origine|originale|de départ)|la photo (?:d'origine|originale))",
        '(?:reviens|retourne|retour|revenir) au (?:début|départ)|recommencer? (?:à zéro|depuis le début|du début|tout)|repars (?:de zéro|du début)|(?:annuler?|efface) tout|tout annuler|réinitialiser?(?: tout)?|remets tout à zéro|depuis le début',
      ],
    },
    {
      name: 'undo',
      saidBy: 'anyone',
      phrases: [
        'annulez?(?: (?:ça|cela|la dernière (?:modification|retouche|étape)|le dernier changement|ce que tu as fait))?|annuler|défai(?:s|re)(?: ça)?|undo|ctrl z',
        `(?:annuler?|défais) (?:les )?(?<count>${N})(?: derni(?:er|ère)s)?(?: (?:fois|étapes|modifications|retouches|changements))?`,
      ],
    },
    {
      name: 'undo',
      saidBy: 'requester',
      phrases: [
        "(?:reviens |retourne |retour |un pas )?en arrière|reviens|(?:reviens |retour )?(?:à )?(?:la (?:version |photo )?|l'image )(?:précédente|d'avant)|(?:c'était|c'est) mieux avant|avant c'était mieux",
      ],
    },
    {
      name: 'redo',
      saidBy: 'anyone',
      phrases: ['rétabli(?:r|s|ssez)(?: (?:ça|cela|la modification))?|redo|un pas en avant'],
    },
    {
      name: 'retry',
      saidBy: 'anyone',
      phrases: ['réessa(?:ie|ye|yer|yez)|régénèrer?|regénérer?|relancer?'],
    },
    {
      name: 'retry',
      saidBy: 'requester',
      phrases: [
        'encore(?: une fois| un essai)?|(?:fais|essaie)(?: le)? encore(?: une fois)?|refai(?:s|re)(?: (?:le|la|ça))?|une autre (?:version|fois)|un autre essai|essaie (?:de nouveau|à nouveau)|recommence',
      ],
    },
    {
      name: 'variations',
      saidBy: 'requester',
      phrases: [
        "(?:(?:montre|donne|fais|propose)(?: moi| nous)? )?(?:(?:des|quelques|d'autres|plus de|plusieurs|trois|les) )*(?:variantes|variations|versions|alternatives)",
      ],
    },
    {
      name: 'compare',
      saidBy: 'anyone',
      phrases: [
        `compare[rz]?(?: (?:les|les deux|avec (?:l'original|avant)|avant et après))?|${SHOW}(?:l'|le )?avant(?: et)?(?: l')? ?après|${SHOW}(?:la )?(?:comparaison|différence)|(?:montre|affiche|fais voir)(?: moi| nous)? (?:l'original|l'avant)|côte à côte`,
      ],
    },
    {
      name: 'explain',
      saidBy: 'requester',
      phrases: [
        `(?:qu'as tu ${YOU_DID}|qu'est ce que tu as ${YOU_DID}|tu as ${YOU_DID} quoi|qu'est ce qui a changé|explique(?: (?:moi|ça|toi|moi ça))?|pourquoi (?:as tu|tu as) [^?]*)(?: \\?)?`,
      ],
    },
    {
      name: 'history',
      saidBy: 'requester',
      phrases: [
        `${SHOW}(?:l'|mon |notre )?historique|(?:qu'avons nous fait|qu'est ce qu'on a fait)(?: jusqu'ici)?(?: \\?)?`,
      ],
    },
    {
      name: 'use',
      saidBy: 'anyone',
      phrases: [
        `(?:garder?|prends|prendre|utiliser?|choisis|choisir|je (?:prends|garde|préfère)|continue avec|reviens à) (?:plutôt )?(?:la |l')?${ROUND} (?:numéro )?(?<round>une|${N})`,
      ],
    },
    {
      name: 'use',
      saidBy: 'requester',
      phrases: [
        `(?:la )?passe (?<round>${N})(?: (?:est|était) (?:bien )?(?:mieux|meilleure|la meilleure))?`,
      ],
    },
    {
      name: 'help',
      saidBy: 'requester',
      phrases: [
        "(?:aide(?: moi)?|au secours|commandes|que (?:peux|sais) tu faire|qu'est ce que tu (?:peux|sais) faire|tu (?:peux|sais) faire quoi|comment (?:ça marche|ça fonctionne|t'utiliser|tu marches)|à quoi (?:tu sers|sers tu))(?: \\?)?",
      ],
    },
    {
      name: 'help',
      saidBy: 'addresser',
      phrases: ["(?:qui es tu|tu es qui|c'est quoi ce bot|tu es là|es tu (?:là|un bot))(?: \\?)?"],
    },
  ],
};
