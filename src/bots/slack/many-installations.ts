import type { InstallationStore } from '@slack/bolt';
import { z } from 'zod';

import { AppError } from '../../errors.ts';
import type { SlackInstalls } from '../../store/slack-installs.ts';
import { notInstalled, type Installation, type Installations } from './installations.ts';
import { seal, unseal } from './sealing.ts';

/** What is kept of an installation. */
const Kept = z.object({
  team: z.object({ id: z.string() }),
  bot: z.object({ token: z.string(), userId: z.string() }),
});

/** Another process may have heard of a new one, or that one is gone. */
const KNOWN_FOR_MS = 60_000;

/** Every workspace whose people installed the app, kept sealed. */
export class ManyInstallations implements Installations {
  readonly #open: () => Promise<SlackInstalls>;
  readonly #key: Buffer;
  readonly #known = new Map<
    string,
    { readonly installation: Installation; readonly until: number }
  >();
  #store: SlackInstalls | undefined;

  /** @param key 32 bytes. */
  constructor(open: () => Promise<SlackInstalls>, key: Buffer) {
    this.#open = open;
    this.#key = key;
  }

  only(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async open(): Promise<void> {
    this.#store ??= await this.#open();
  }

  async of(team: string): Promise<Installation> {
    const known = this.#known.get(team);
    if (known && known.until > Date.now()) return known.installation;
    const { bot } = await this.#read(team);
    const installation = { team, token: bot.token, botUserId: bot.userId };
    this.#known.set(team, { installation, until: Date.now() + KNOWN_FOR_MS });
    return installation;
  }

  async remove(team: string): Promise<void> {
    this.#known.delete(team);
    await this.#needStore().remove(team);
  }

  /** For Bolt, which makes installations of what Slack grants. */
  get store(): InstallationStore {
    return {
      storeInstallation: async (installation) => {
        const { team } = installation;
        if (!team || installation.isEnterpriseInstall) {
          throw new AppError('NOT_SUPPORTED', 'Install me in a workspace, not in an organization.');
        }
        const sealed = seal(JSON.stringify(installation), team.id, this.#key);
        await this.#needStore().keep(team.id, sealed);
        this.#known.delete(team.id);
      },
      fetchInstallation: async ({ teamId = '' }) =>
        JSON.parse(await this.#unsealed(teamId)) as Awaited<
          ReturnType<InstallationStore['fetchInstallation']>
        >,
      deleteInstallation: ({ teamId = '' }) => this.remove(teamId),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#store?.[Symbol.asyncDispose]();
  }

  async #read(team: string): Promise<z.infer<typeof Kept>> {
    const kept = Kept.safeParse(JSON.parse(await this.#unsealed(team))).data;
    if (!kept) throw notInstalled();
    return kept;
  }

  /** What was sealed with another key is as good as gone: it has to be installed again. */
  async #unsealed(team: string): Promise<string> {
    const sealed = await this.#needStore().find(team);
    const text = sealed === undefined ? undefined : unseal(sealed, team, this.#key);
    if (text === undefined) throw notInstalled();
    return text;
  }

  #needStore(): SlackInstalls {
    if (this.#store) return this.#store;
    throw new AppError('INTERNAL', 'The installations are not open.');
  }
}
