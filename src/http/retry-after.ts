/**
 * How long a server asks to wait, milliseconds; undefined where it does not say so.
 * @param header The value of `Retry-After`: seconds, or a date (RFC 9110, section 10.2.3).
 * @param now Milliseconds since the epoch.
 */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
