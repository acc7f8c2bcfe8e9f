import { rm } from 'node:fs/promises';

import { FakeDiscord, type FakeDiscordOptions } from './fake-discord/index.ts';
import { Product } from './product.ts';
import { usedFolder } from './used-folder.ts';

/** Bots on a Discord of the test's own: `reasonedit start`, once for each set of settings. */
export class DiscordProduct implements AsyncDisposable {
  readonly discord: FakeDiscord;
  readonly products: readonly Product[];
  readonly #folders: readonly string[];

  private constructor(
    discord: FakeDiscord,
    products: readonly Product[],
    folders: readonly string[],
  ) {
    this.discord = discord;
    this.products = products;
    this.#folders = folders;
  }

  /** Resolves once the bots are on Discord, and their commands are known there. */
  static async start(
    prepare: (discord: FakeDiscord) => void,
    options: FakeDiscordOptions = {},
    settings: readonly Readonly<Record<string, string>>[] = [{}],
  ): Promise<DiscordProduct> {
    const discord = await FakeDiscord.start(options);
    prepare(discord);
    const folders = await Promise.all(settings.map(usedFolder));
    const products = await Promise.all(
      settings.map((own, index) =>
        Product.start({ ...addressOf(discord), DATA_DIR: folders[index] ?? '', ...own }),
      ),
    );
    const whole = new DiscordProduct(discord, products, folders);
    await whole.arrival();
    await discord.until(() => discord.world.commands.length > 0);
    return whole;
  }

  /** Resolves once all bots are there. */
  async arrival(): Promise<void> {
    await this.discord.until(() => this.discord.gateway.shards.length === this.products.length);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.products.map((product) => product[Symbol.asyncDispose]()));
    await Promise.all(
      this.#folders.map((folder) => rm(folder, { recursive: true, maxRetries: 5 })),
    );
    await this.discord[Symbol.asyncDispose]();
  }
}

/** Where a bot finds a Discord. */
export const addressOf = ({ token, apiUrl, cdnUrl }: FakeDiscord): Record<string, string> => ({
  DISCORD_TOKEN: token,
  DISCORD_API_URL: apiUrl,
  DISCORD_CDN_URL: cdnUrl,
});
