import { decodeAction } from '../../actions.ts';
import { plain } from '../../plain-text.ts';
import { attachmentsOf } from './attachments.ts';
import { FORM, readHidden, requestIn } from './form.ts';
import { keyOf, placeOf, timeOf, type Circumstances, type Heard } from './heard.ts';
import { ButtonPress, FormSubmission } from './payloads.ts';
import { settingsIn } from './settings-form.ts';

/** What somebody pressed or filled in; undefined for what is not ours. */
export function parseInteraction(body: unknown, where: Circumstances): Heard | undefined {
  const press = ButtonPress.safeParse(body).data;
  if (press) return parsePress(press, where);
  const form = FormSubmission.safeParse(body).data;
  return form && parseForm(form, where);
}

function parsePress(
  press: ReturnType<typeof ButtonPress.parse>,
  { now, only }: Circumstances,
): Heard | undefined {
  const { user, team, channel, container, message, view, actions } = press;
  const [{ action_id: code, action_ts: at }] = actions;
  const once = at ?? press.trigger_id ?? String(now);
  const action = decodeAction(code);
  const workspace = only ?? view?.app_installed_team_id ?? team?.id ?? user.team_id;
  // On a page of the app there is no channel; the page keeps the person's own.
  const channelId = channel?.id ?? view?.private_metadata;
  const messageId = message?.ts ?? container?.message_ts ?? view?.id;
  if (!action || !workspace || !channelId || !messageId) return undefined;
  return {
    type: 'action',
    key: keyOf(workspace, channelId, 'action', user.id, once),
    place: placeOf(workspace, channelId, message?.thread_ts ?? container?.thread_ts),
    authorId: user.id,
    sentAt: at ? timeOf(at) : now,
    context: {},
    action,
    messageId,
  };
}

function parseForm(form: FormSubmission, { now, only }: Circumstances): Heard | undefined {
  const { view, user } = form;
  const team = only ?? view.app_installed_team_id ?? form.team?.id ?? user.team_id;
  const hidden = readHidden(view.private_metadata);
  if (!team || !hidden) return undefined;
  const arrival = {
    key: keyOf(team, view.id),
    place: placeOf(team, hidden.channel),
    authorId: user.id,
    sentAt: now,
  };
  if (view.callback_id === FORM.settings) {
    return {
      ...arrival,
      type: 'command',
      context: {},
      command: 'settings',
      change: settingsIn(form),
    };
  }
  if (view.callback_id !== FORM.request) return undefined;
  const { target, thread } = hidden;
  return {
    ...arrival,
    type: 'message',
    kind: 'new',
    context: {
      asker: user.id,
      askedAt: String(now),
      ...(thread !== undefined && { answersIn: thread }),
    },
    messageId: view.id,
    ...requestIn(form, team),
    ...(target && {
      target: {
        messageId: target.ts,
        isOurs: target.isOurs,
        text: plain(''),
        attachments: attachmentsOf(team, target.files),
      },
    }),
    mentionsBot: false,
    mentionsOthers: false,
    isDirect: false,
    isCommand: true,
  };
}
