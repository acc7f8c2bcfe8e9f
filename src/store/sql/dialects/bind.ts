/** What both drivers take as they are. */
export type Bound = string | number | null;

/**
 * The values of a statement as both databases take them alike. PostgreSQL refuses the character NUL
 * and SQLite cuts the text there; half a surrogate pair is no UTF-8; libsql ends the process at a boolean.
 * @throws {TypeError} for anything but text, numbers, booleans and null.
 */
export function bind(parameters: readonly unknown[]): Bound[] {
  return parameters.map((value) => {
    if (typeof value === 'string') return Buffer.from(value.replaceAll('\0', '')).toString();
    if (typeof value === 'number') return value;
    if (typeof value === 'boolean') return Number(value);
    if (value === null || value === undefined) return null;
    throw new TypeError(`A ${typeof value} cannot be stored.`);
  });
}
