/** Permissions that calls take, and how Discord's own settings name them. */
const LABELS = {
  ViewChannel: 'View Channel',
  SendMessages: 'Send Messages',
  SendMessagesInThreads: 'Send Messages in Threads',
  CreatePublicThreads: 'Create Public Threads',
  AttachFiles: 'Attach Files',
  ReadMessageHistory: 'Read Message History',
} as const;

export type Permission = keyof typeof LABELS;

/** What the bot may do in a channel; undefined where that is not known. */
export type Granted = (channelId: string) => { has(permission: Permission): boolean } | undefined;

/** Those that are lacking; all of them where nobody knows. */
export function lacking(
  needs: readonly Permission[],
  channelId: string,
  granted: Granted,
): readonly Permission[] {
  const there = granted(channelId);
  const missing = there ? needs.filter((permission) => !there.has(permission)) : needs;
  return missing.length > 0 ? missing : needs;
}

/** One sentence that says what the bot lacks. */
export function lackSentence(permissions: readonly Permission[]): string {
  const names = [...new Set(permissions)].map((permission) => LABELS[permission]);
  const list = names.join(', ').replace(/, (?=[^,]*$)/, ' and ');
  return `I need ${list || 'another permission'} here.`;
}
