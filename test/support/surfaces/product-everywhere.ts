import { rm } from 'node:fs/promises';

import { Product } from '../product.ts';
import { usedFolder } from '../used-folder.ts';
import { openDiscord } from './discord.ts';
import { openSlack } from './slack.ts';
import type { Surface, Talk } from './surface.ts';
import { openWeb } from './web.ts';

/** Where the bot can be talked with. */
const SURFACES = { Discord: openDiscord, Slack: openSlack, 'the browser': openWeb } as const;

type SurfaceName = keyof typeof SURFACES;

export const SURFACE_NAMES = Object.keys(SURFACES) as SurfaceName[];

/** `reasonedit start`, once, on all surfaces. */
export class ProductEverywhere implements AsyncDisposable {
  readonly product: Product;
  readonly #folder: string;
  readonly #surfaces: ReadonlyMap<SurfaceName, Surface>;

  private constructor(
    product: Product,
    folder: string,
    surfaces: ReadonlyMap<SurfaceName, Surface>,
  ) {
    this.product = product;
    this.#folder = folder;
    this.#surfaces = surfaces;
  }

  /** Resolves once the bot is everywhere. */
  static async start(settings: Readonly<Record<string, string>>): Promise<ProductEverywhere> {
    const surfaces = new Map<SurfaceName, Surface>();
    for (const name of SURFACE_NAMES) surfaces.set(name, await SURFACES[name]());
    const all = [...surfaces.values()];
    const addresses = Object.assign({}, ...all.map((surface) => surface.settings));
    const folder = await usedFolder();
    const product = await Product.start({ ...addresses, DATA_DIR: folder, ...settings });
    await Promise.all(all.map((surface) => surface.arrival(product)));
    return new ProductEverywhere(product, folder, surfaces);
  }

  ask(surface: SurfaceName, request: string, picture: Uint8Array): Promise<Talk> {
    const found = this.#surfaces.get(surface);
    if (!found) throw new Error(`There is no ${surface}.`);
    return found.ask(request, picture);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.product[Symbol.asyncDispose]();
    await rm(this.#folder, { recursive: true, maxRetries: 5 });
    for (const surface of this.#surfaces.values()) await surface[Symbol.asyncDispose]();
  }
}
