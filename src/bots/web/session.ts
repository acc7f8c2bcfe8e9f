import { createHmac, timingSafeEqual } from 'node:crypto';

const COOKIE = 'reasonedit-web';
const MAX_AGE_SECONDS = 30 * 86_400;

/** Who may use the chat: with a token those who know it, without one everybody who reaches it. */
export class Session {
  readonly #token: string | undefined;

  constructor(token: string | undefined) {
    this.#token = token;
  }

  isOpenTo(cookies: string | undefined): boolean {
    if (this.#token === undefined) return true;
    const value = new RegExp(`(?:^|;\\s*)${COOKIE}=([0-9a-f]{64})(?:;|$)`).exec(cookies ?? '')?.[1];
    return value !== undefined && isSame(value, proofOf(this.#token));
  }

  /** The cookie for somebody who knows the token; undefined for somebody who does not. */
  cookieFor(token: string): string | undefined {
    if (this.#token === undefined || !isSame(proofOf(token), proofOf(this.#token))) {
      return undefined;
    }
    return `${COOKIE}=${proofOf(token)}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${MAX_AGE_SECONDS}`;
  }
}

/** What only the token makes, and what does not tell the token. */
const proofOf = (token: string): string =>
  createHmac('sha256', token).update('reasonedit web session').digest('hex');

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
