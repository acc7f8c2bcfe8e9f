/** Hosts that Slack keeps files at. */
const SLACK = /(?:^|\.)(?:slack\.com|slack-files\.com|slack-gov\.com)$/;

/** Where the bot's token may go: to Slack over TLS, and to the very server that stands for Slack. */
export function isSlackAddress(address: URL, apiUrl: string): boolean {
  if (address.username !== '' || address.password !== '') return false;
  if (address.origin === new URL(apiUrl).origin) return true;
  return address.protocol === 'https:' && address.port === '' && SLACK.test(address.hostname);
}
