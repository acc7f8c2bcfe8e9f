import { plain, type PlainText } from '../plain-text.ts';

/** Text as Discord takes it in a message: with its markup. */
export type Markup = string & { readonly __markup: true };

/** What means something wherever it stands; a colon only in an address. */
const ANYWHERE = /[\\`*_~|<>[\]@]|:(?=\/\/)/g;
/** What means something where a line begins. */
const AT_LINE_START = /^(\s*)([-+#])|^(\s*\d+)(\.)/gm;

/** Text that Discord shows as it is: no markup, no mention, no link. At most twice as long. */
export function escaped(text: PlainText): Markup {
  return text
    .replace(ANYWHERE, String.raw`\$&`)
    .replace(
      AT_LINE_START,
      (_all, space: string = '', sign: string = '', digits: string = '', dot: string = '') =>
        `${space}${digits}\\${sign}${dot}`,
    ) as Markup;
}

/** More lines than this are not marked one by one, which would make them too long. */
const MARKED_LINES = 30;

/** Each line marked by what it begins with; lines without words stay so. */
function lines(text: Markup, mark: string): Markup {
  const all = text.split('\n');
  if (all.length > MARKED_LINES) return text;
  return all.map((line) => (line.trim() === '' ? line : `${mark}${line}`)).join('\n') as Markup;
}

/** In small. */
export const small = (text: PlainText): Markup => lines(escaped(text), '-# ');
/** As words of somebody. */
export const quoted = (text: PlainText): Markup => lines(escaped(text), '> ');
export const heading = (text: PlainText): Markup => `### ${escaped(text)}` as Markup;

/** How a message names people, channels and the like. */
export interface Names {
  readonly user: (id: string) => string | undefined;
  readonly role: (id: string) => string | undefined;
  readonly channel: (id: string) => string | undefined;
}

/** Stands for a character that was escaped or is code, so that nothing takes it for markup. */
const GUARD = 0xe000;
const GUARDED = /[\ue000-\ue07f]/g;
const guard = (text: string): string =>
  text.replaceAll(/[\\`*_~|<>[\]()#@:-]/g, (sign) =>
    String.fromCharCode(GUARD + sign.charCodeAt(0)),
  );
const unguard = (text: string): string =>
  text.replaceAll(GUARDED, (sign) => String.fromCharCode(sign.charCodeAt(0) - GUARD));

const MENTION = /<(?:@!?(?<user>\d+)|@&(?<role>\d+)|#(?<channel>\d+))>/g;

/** Words of a command or a form: Discord takes them as they are, but for mentions and the like. */
export function withNames(text: string, names: Names): PlainText {
  return plain(unguard(named(text.replaceAll(GUARDED, ''), names)));
}

function named(text: string, names: Names): string {
  return text
    .replaceAll(MENTION, (all, user?: string, role?: string, channel?: string) => {
      if (user !== undefined) return guard(`@${names.user(user) ?? user}`);
      if (role !== undefined) return guard(`@${names.role(role) ?? role}`);
      return channel === undefined ? all : guard(`#${names.channel(channel) ?? channel}`);
    })
    .replaceAll(/<a?(:\w+:)\d+>/g, (_all, name: string) => guard(name))
    .replaceAll(/<\/([^:<>]+):\d+>/g, (_all, name: string) => `/${name}`);
}

/** The words of a message as people read them, with mentions by name. */
export function unmarked(content: string, names: Names): PlainText {
  const literal = content
    .replaceAll(GUARDED, '')
    .replaceAll(/\\([^0-9A-Za-z\s])/g, (_all, sign: string) => guard(sign))
    .replaceAll(/```(?:[\w+-]*\n)?([^]*?)```/g, (_all, code: string) => guard(code))
    .replaceAll(/`([^`\n]+)`/g, (_all, code: string) => guard(code));
  const text = named(literal, names)
    .replaceAll(/<(https?:[^<>\s]+)>/g, (_all, address: string) => guard(address))
    .replaceAll(/\[([^\]\n]+)\]\(https?:[^()\s]+\)/g, '$1')
    .replaceAll(/^(?:>>> |> )/gm, '')
    .replaceAll(/^(?:#{1,3}|-#) /gm, '');
  return plain(unguard(withoutStyles(text)));
}

function withoutStyles(text: string): string {
  let before: string;
  let after = text;
  do {
    before = after;
    after = before
      .replaceAll(/\*\*(?=\S)([^]*?\S)\*\*/g, '$1')
      .replaceAll(/__(?=\S)([^]*?\S)__/g, '$1')
      .replaceAll(/~~(?=\S)([^]*?\S)~~/g, '$1')
      .replaceAll(/\|\|([^]+?)\|\|/g, '$1')
      .replaceAll(/\*(?=\S)([^*\n]*?\S)\*/g, '$1')
      .replaceAll(/(?<!\w)_(?=\S)([^_\n]*?\S)_(?!\w)/g, '$1');
  } while (after !== before);
  return after;
}
