import { readFile } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { SHORTCUT } from '../../../src/bots/slack/app.ts';
import { COMMAND } from '../../../src/bots/slack/parse/command.ts';
import { SCOPES } from '../../../src/bots/slack/setup.ts';

interface Manifest {
  readonly display_information: { readonly description: string; readonly long_description: string };
  readonly features: {
    readonly shortcuts: readonly { readonly callback_id: string; readonly type: string }[];
    readonly slash_commands: readonly { readonly command: string }[];
  };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
}

describe('the manifest', () => {
  it('asks for what the bot needs, and names things as the bot knows them', async () => {
    const file = new URL('../../../deploy/slack-manifest.yaml', import.meta.url);
    const manifest = parse(await readFile(file, 'utf8')) as Manifest;
    expect(manifest.oauth_config.scopes.bot).toEqual(SCOPES);
    const { shortcuts, slash_commands: commands } = manifest.features;
    expect(shortcuts).toMatchObject([{ callback_id: SHORTCUT, type: 'message' }]);
    expect(commands).toMatchObject([{ command: COMMAND }]);
    const { description, long_description: long } = manifest.display_information;
    expect(description.length).toBeLessThanOrEqual(140);
    expect(long.length).toBeGreaterThanOrEqual(175);
    expect(long.length).toBeLessThanOrEqual(4_000);
  });
});
