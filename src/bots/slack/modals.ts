import type { types } from '@slack/bolt';

import type { WorkspaceSettings } from '../workspace-settings.ts';
import { FORM, writeHidden, type Hidden } from './parse/form.ts';
import type { Words } from './words.ts';

const MAX_WISH = 3_000;
const MAX_FILES = 10;
const MOST_ROUNDS = 10;
/** Formats that people have and the bot reads. */
const FILE_TYPES = ['png', 'jpg', 'jpeg', 'webp', 'gif', 'heic', 'heif', 'tif', 'tiff', 'avif'];

/** The form for a request. It asks for a picture where it was not opened on one. */
export function requestForm(hidden: Hidden, wish: string, words: Words): types.ModalView {
  const hasPicture =
    hidden.target !== undefined && (hidden.target.isOurs || hidden.target.files.length > 0);
  return {
    type: 'modal',
    callback_id: FORM.request,
    private_metadata: writeHidden(hidden),
    title: text(words.formTitle),
    submit: text(words.formSubmit),
    close: text(words.formCancel),
    blocks: [
      {
        type: 'input',
        block_id: FORM.wish,
        label: text(words.wish),
        element: {
          type: 'plain_text_input',
          action_id: FORM.wish,
          multiline: true,
          max_length: MAX_WISH,
          placeholder: text(words.wishExample),
          ...(wish !== '' && { initial_value: wish.slice(0, MAX_WISH) }),
          focus_on_load: true,
        },
      },
      ...(hasPicture
        ? []
        : [
            {
              type: 'input' as const,
              block_id: FORM.files,
              label: text(words.pictureFile),
              element: {
                type: 'file_input' as const,
                action_id: FORM.files,
                filetypes: FILE_TYPES,
                max_files: MAX_FILES,
              },
            },
          ]),
      {
        type: 'input',
        block_id: FORM.rounds,
        optional: true,
        label: text(words.roundsLabel),
        element: {
          type: 'static_select',
          action_id: FORM.rounds,
          options: Array.from({ length: MOST_ROUNDS }, (_, index) => ({
            text: text(String(index + 1)),
            value: String(index + 1),
          })),
        },
      },
    ],
  };
}

/** The form in which an admin decides what holds in the workspace. */
export function settingsForm(
  channel: string,
  { channels, dailyPerPerson, maxRounds, followUps }: WorkspaceSettings,
  words: Words,
): types.ModalView {
  const followUpsOption = { text: text(words.settingsFollowUps), value: FORM.followUps };
  const number = (name: string, label: string, value: number | undefined, max: number) => ({
    type: 'input' as const,
    block_id: name,
    optional: true,
    label: text(label),
    element: {
      type: 'number_input' as const,
      action_id: name,
      is_decimal_allowed: false,
      min_value: '1',
      max_value: String(max),
      ...(value !== undefined && { initial_value: String(value) }),
    },
  });
  return {
    type: 'modal',
    callback_id: FORM.settings,
    private_metadata: writeHidden({ channel }),
    title: text(words.settingsTitle),
    submit: text(words.settingsSave),
    close: text(words.formCancel),
    blocks: [
      {
        type: 'input',
        block_id: FORM.channels,
        optional: true,
        label: text(words.settingsChannels),
        element: {
          type: 'multi_conversations_select',
          action_id: FORM.channels,
          filter: { include: ['public', 'private'], exclude_bot_users: true },
          ...(channels.length > 0 && { initial_conversations: [...channels] }),
        },
      },
      number(FORM.daily, words.settingsDaily, dailyPerPerson, 10_000),
      number(FORM.rounds, words.settingsRounds, maxRounds, MOST_ROUNDS),
      {
        type: 'input',
        block_id: FORM.followUps,
        optional: true,
        label: text(words.settingsFollowUps),
        element: {
          type: 'checkboxes',
          action_id: FORM.followUps,
          options: [followUpsOption],
          ...(followUps && { initial_options: [followUpsOption] }),
        },
      },
    ],
  };
}

const text = (of: string) => ({ type: 'plain_text', text: of }) as const;
