import { App, type Receiver } from '@slack/bolt';
import { z } from 'zod';

import type { AppError } from '../../errors.ts';
import type { Call } from '../../pipeline/types.ts';
import { WorkspaceSettingsSchema } from '../../store/workspace-settings.ts';
import { SILENT, type SlackApi } from './api.ts';
import { toSlackError } from './errors.ts';
import { OPEN_SETTINGS } from './home.ts';
import type { Installations } from './installations.ts';
import { requestForm, settingsForm } from './modals.ts';
import { plainWords } from './mrkdwn.ts';
import { COMMAND, parseCommand } from './parse/command.ts';
import { targetOf, type Hidden } from './parse/form.ts';
import { MessageShortcut, SlashCommand } from './parse/payloads.ts';
import type { People } from './people.ts';
import { wordsFor } from './words.ts';

/** The message shortcut, as the manifest names it. */
export const SHORTCUT = 'edit_image';

export interface AppParts {
  readonly receiver: Receiver;
  readonly api: SlackApi;
  readonly installations: Installations;
  readonly people: People;
  readonly onFault: (error: AppError) => void;
  readonly signal: AbortSignal;
}

/** Slack's answers to what somebody opens: forms and prompts. What is to be dealt with was kept before. */
export function makeApp({ receiver, api, installations, people, onFault, signal }: AppParts): App {
  const app = new App({
    receiver,
    logger: SILENT,
    ignoreSelf: false,
    convoStore: false,
    authorize: async ({ teamId = '' }) => {
      const { team, botUserId, token } = await installations.of(teamId);
      return { teamId: team, botUserId, botToken: token };
    },
  });
  const quietly = async (work: (call: Call) => Promise<unknown>): Promise<void> => {
    try {
      await work({ signal });
    } catch (error) {
      if (!signal.aborted) onFault(toSlackError(error));
    }
  };
  const wordsOf = async (team: string, userId: string, call: Call) =>
    wordsFor((await people.of(team, userId, call)).locale);

  const openRequest = (
    asked: { readonly team: string; readonly userId: string; readonly triggerId: string },
    hidden: Hidden,
    wish: string,
  ) =>
    quietly(async (call) => {
      const view = requestForm(hidden, wish, await wordsOf(asked.team, asked.userId, call));
      await api.ask(
        asked.team,
        ({ views }) => views.open({ trigger_id: asked.triggerId, view }),
        call,
      );
    });

  app.use(async (args) => {
    if ('ack' in args && typeof args.ack === 'function') await args.ack();
    await args.next();
  });

  app.shortcut(SHORTCUT, async ({ body, context }) => {
    const shortcut = MessageShortcut.safeParse(body).data;
    const { teamId: team = '', botUserId = '' } = context;
    if (!shortcut) return;
    const { channel, message, user, trigger_id: triggerId } = shortcut;
    const hidden: Hidden = {
      channel: channel.id,
      thread: message.thread_ts ?? message.ts,
      target: targetOf(message, botUserId),
    };
    await openRequest({ team, userId: user.id, triggerId }, hidden, '');
  });

  app.command(COMMAND, async ({ body, context }) => {
    const command = SlashCommand.safeParse(body).data;
    if (!command || parseCommand(command, NOWHERE)) return;
    const { teamId: team = '' } = context;
    const { user_id: userId, trigger_id: triggerId, channel_id: channel } = command;
    // What is typed behind a command comes with Slack's markup in it.
    const wish = plainWords(command.text, context.botUserId ?? '').text;
    await openRequest({ team, userId, triggerId }, { channel }, wish);
  });

  app.action(
    { type: 'block_actions', action_id: OPEN_SETTINGS },
    async ({ body, action, context }) => {
      if (!('value' in action) || !('trigger_id' in body)) return;
      const { teamId: team = '' } = context;
      const shown = ShownSettings.safeParse(JSON.parse(action.value ?? '{}')).data;
      const channel = body.view?.private_metadata ?? '';
      if (!shown) return;
      await quietly((call) =>
        api.ask(
          team,
          ({ views }) =>
            views.open({
              trigger_id: body.trigger_id,
              view: settingsForm(channel, shown.settings, wordsFor(shown.locale)),
            }),
          call,
        ),
      );
    },
  );

  app.event('assistant_thread_started', async ({ event, context }) => {
    const { user_id: userId, channel_id, thread_ts } = event.assistant_thread;
    const { teamId: team = '' } = context;
    await quietly(async (call) => {
      const { prompts, promptsTitle: title } = await wordsOf(team, userId, call);
      await api.ask(
        team,
        ({ assistant }) =>
          assistant.threads.setSuggestedPrompts({
            channel_id,
            thread_ts,
            title,
            prompts: [...prompts],
          }),
        call,
      );
    });
  });

  for (const ending of ['app_uninstalled', 'tokens_revoked'] as const) {
    app.event(ending, async ({ body }) => {
      await quietly(() => installations.remove(body.team_id));
    });
  }
  return app;
}

/** Whether a command asks for the form is told by its words alone. */
const NOWHERE = { now: 0, only: undefined };

const ShownSettings = z.object({ settings: WorkspaceSettingsSchema, locale: z.string() });
