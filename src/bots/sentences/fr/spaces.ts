/**
 * A sentence as the French set it: the spaces before `? ! ;` (thin) and `:` and inside « » are none that a
 * line is broken at. Values stay as they are: people's own words are theirs.
 */
export function fr(literals: TemplateStringsArray, ...values: readonly unknown[]): string {
  return String.raw({ raw: literals.map(spaced) }, ...values);
}

const spaced = (text: string): string =>
  text.replaceAll(/ (?=[?!;])/g, '\u202F').replaceAll(/ (?=[:»])|(?<=«) /g, '\u00A0');
