import type { Settings } from '../../config/index.ts';
import { toAppError } from '../../errors.ts';
import type { Check } from './check.ts';

const name = 'Slack';

/** Asks Slack whose its tokens are, and whether the app may do all that the bot does. */
export async function checkSlack(settings: Settings): Promise<Check> {
  const { SLACK_BOT_TOKEN: token, SLACK_CLIENT_ID: clientId, SLACK_API_URL: apiUrl } = settings;
  if (clientId !== undefined) {
    return { name, status: 'ok', found: 'people install the bot in their own workspaces' };
  }
  if (token === undefined) {
    return {
      name,
      status: 'missing',
      found: 'SLACK_BOT_TOKEN is not set',
      advice: 'Nothing to do without Slack; docs/slack.md tells how the bot gets there.',
    };
  }
  const { SCOPES } = await import('../../bots/slack/setup.ts');
  const { examineAppToken, examineToken } = await import('../../bots/slack/installations.ts');
  try {
    const { teamName, botName, scopes } = await examineToken(token, apiUrl);
    const { SLACK_APP_TOKEN: appToken } = settings;
    if (appToken !== undefined) await examineAppToken(appToken, apiUrl);
    const found = `@${botName} in ${teamName}`;
    const missing = SCOPES.filter((scope) => !scopes.includes(scope));
    // Who does not say what it grants is not known to lack anything.
    if (missing.length === 0 || scopes.length === 0) return { name, status: 'ok', found };
    return {
      name,
      status: 'warning',
      found: `${found}, without ${missing.join(', ')}`,
      advice: 'Add these scopes to the app, and install it again.',
    };
  } catch (error) {
    const { message, retryable } = toAppError(error);
    const found = retryable ? `${new URL(apiUrl).host} does not answer` : 'a token is refused';
    return { name, status: 'missing', found, advice: message };
  }
}
