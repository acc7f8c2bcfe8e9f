import type { Call } from '../../pipeline/types.ts';
import type { Clock } from '../../queue/clock.ts';
import { plainLine } from '../plain-text.ts';
import type { Author } from '../types.ts';
import type { SlackApi } from './api.ts';

const KNOWN_FOR_MS = 3_600_000;
/** Who could not be looked up is looked up again after this time. */
const UNKNOWN_FOR_MS = 30_000;
const MAX_KNOWN = 10_000;

interface Known {
  readonly author: Promise<Author>;
  until: number;
}

/** Who people are, as Slack tells it: asked for once in a while. */
export class People {
  readonly #api: SlackApi;
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();

  constructor(api: SlackApi, clock: Clock) {
    this.#api = api;
    this.#clock = clock;
  }

  /** Who somebody is; what can't be found out in time is left open. Never rejects but for the signal. */
  async of(team: string, id: string, call: Call): Promise<Author> {
    const key = `${team}:${id}`;
    const known = this.#known.get(key);
    if (known && known.until > this.#clock.now()) return known.author;
    const entry: Known = {
      until: this.#clock.now() + KNOWN_FOR_MS,
      author: this.#lookUp(team, id, call).catch(() => {
        entry.until = this.#clock.now() + UNKNOWN_FOR_MS;
        return { id, name: plainLine(id), isBot: false, roles: [], isAdmin: false };
      }),
    };
    this.#known.delete(key);
    this.#known.set(key, entry);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_KNOWN && oldest !== undefined) this.#known.delete(oldest);
    return entry.author;
  }

  async #lookUp(team: string, id: string, call: Call): Promise<Author> {
    const { user = {} } = await this.#api.ask(
      team,
      ({ users }) => users.info({ user: id, include_locale: true }),
      call,
    );
    const { is_bot: isBot, is_admin: isAdmin, is_owner: isOwner, locale, profile, name } = user;
    return {
      id,
      name: plainLine(profile?.display_name || user.real_name || name || id),
      isBot: isBot ?? false,
      ...(locale && { locale }),
      roles: [],
      isAdmin: (isAdmin || isOwner) ?? false,
    };
  }
}
