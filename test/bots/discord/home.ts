import { openDiscordAdapter, type DiscordAdapter } from '../../../src/bots/discord/adapter.ts';
import type { DiscordParts } from '../../../src/bots/discord/parts.ts';
import type { Incoming } from '../../../src/bots/types.ts';
import type { AppError } from '../../../src/errors.ts';
import type { Place } from '../../../src/store/records.ts';
import { FakeDiscord, type FakeDiscordOptions } from '../../support/fake-discord/index.ts';
import type { FakeChannel, FakeGuild } from '../../support/fake-discord/records.ts';

/** The adapter on a Discord of its own, with what it hands over. */
export class DiscordHome implements AsyncDisposable {
  readonly fake: FakeDiscord;
  readonly guild: FakeGuild;
  readonly garden: FakeChannel;
  readonly adapter: DiscordAdapter;
  readonly incoming: Incoming[] = [];
  readonly faults: AppError[] = [];
  /** The adapter is expected to have told of something. */
  isFaulty = false;

  private constructor(fake: FakeDiscord, parts: Partial<DiscordParts>) {
    this.fake = fake;
    this.guild = fake.addGuild('home');
    this.garden = fake.addChannel(this.guild, 'garden');
    this.adapter = openDiscordAdapter({
      settings: {
        DISCORD_TOKEN: fake.token,
        DISCORD_API_URL: fake.apiUrl,
        DISCORD_CDN_URL: fake.cdnUrl,
        DISCORD_SHARDS: undefined,
        ENGINE: 'darkroom',
        ENGINES: undefined,
      },
      store: { recentPlaces: async () => [] },
      onFault: (error) => void this.faults.push(error),
      ...parts,
    });
  }

  static async open(
    options: FakeDiscordOptions = {},
    parts: Partial<DiscordParts> = {},
  ): Promise<DiscordHome> {
    return new DiscordHome(await FakeDiscord.start(options), parts);
  }

  get place(): Place {
    return { platform: 'discord', workspace: this.guild.id, channel: this.garden.id };
  }

  async start(): Promise<this> {
    await this.adapter.start(async (one) => void this.incoming.push(one), call);
    return this;
  }

  /** What comes in next, from an index on. */
  async next<Type extends Incoming['type']>(
    type: Type,
    from = 0,
  ): Promise<Extract<Incoming, { type: Type }>> {
    const isOf = (one: Incoming): one is Extract<Incoming, { type: Type }> => one.type === type;
    for (;;) {
      const found = this.incoming.slice(from).find(isOf);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.adapter[Symbol.asyncDispose]();
    await this.fake[Symbol.asyncDispose]();
    const faults = [...this.fake.faults, ...(this.isFaulty ? [] : this.faults)];
    if (faults.length > 0) throw new Error(`There were faults: ${faults.join(' ')}`);
  }
}

export const call = { signal: new AbortController().signal };
