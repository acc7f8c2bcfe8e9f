import type { Json } from './types.ts';
import type { Workspace } from './workspace.ts';

const LINK = /\bhttps?:\/\/[^\s<>|]+/g;
const NAME = /(^|\s)([@#])([\w-]+)/g;
const EVERYBODY = new Set(['channel', 'here', 'everyone']);

/** What a client of Slack makes of what somebody types: escaped, with links, mentions and channels marked up. */
export function asTyped(
  workspace: Workspace,
  typed: string,
): { readonly text: string; readonly blocks?: readonly Json[] } {
  const text = typed
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(LINK, (link) => `<${link}>`)
    .replaceAll(NAME, (whole, before: string, sign: string, name: string) => {
      if (sign === '#') {
        const channel = [...workspace.channels.values()].find((one) => one.name === name);
        return channel ? `${before}<#${channel.id}|${name}>` : whole;
      }
      if (EVERYBODY.has(name)) return `${before}<!${name}>`;
      const user = [...workspace.users.values()].find((one) => one.name === name);
      return user ? `${before}<@${user.id}>` : whole;
    })
    .trimEnd();
  if (typed.trim() === '') return { text };
  const elements = [{ type: 'rich_text_section', elements: [{ type: 'text', text: typed }] }];
  return { text, blocks: [{ type: 'rich_text', block_id: 'typed', elements }] };
}
