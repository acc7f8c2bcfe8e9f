import { Refusal, refuseUnless } from '../refusal.ts';
import { fileJson } from '../shapes.ts';
import type { StoredFile } from '../types.ts';
import type { ApiCall, Methods } from './handler.ts';

const MAX_BYTES = 1_000_000_000;
const MAX_ALT_CHARACTERS = 1_000;

interface Completion {
  readonly id: string;
  readonly title?: string;
}

export const FILES: Methods = {
  'files.getUploadURLExternal': ({ world, workspace, args }) => {
    const length = args.number('length', Number.NaN);
    refuseUnless(length > 0 && length <= MAX_BYTES, 'invalid_arguments');
    const alt = args.optionalText('alt_txt') ?? args.optionalText('alt_text') ?? '';
    refuseUnless(alt.length <= MAX_ALT_CHARACTERS, 'alt_txt_too_large');
    const file = workspace.addFile({
      name: args.text('filename'),
      user: workspace.botUser.id,
      alt,
    });
    file.announcedBytes = length;
    return {
      upload_url: `${world.origin}/upload/v1/${workspace.id}-${file.id}`,
      file_id: file.id,
    };
  },

  'files.completeUploadExternal': (call) => {
    const { world, workspace, args } = call;
    const completions = args.json('files', 'invalid_arguments');
    refuseUnless(Array.isArray(completions) && completions.length > 0, 'invalid_arguments');
    // A message that Slack posts of its own accord can't be told apart after a crash.
    refuseUnless(!args.has('channel_id'), 'not_supported_by_the_fake');
    const files = (completions as Completion[]).map(({ id, title }) => {
      const file = fileOf(call, id);
      refuseUnless(file.state === 'uploaded', 'file_update_failed');
      file.title = title ?? file.title;
      file.state = 'complete';
      file.pollsLeft = workspace.pollsUntilReady;
      return file;
    });
    return { files: files.map((file) => fileJson(world, workspace, file)) };
  },

  'files.info': (call) => {
    const { world, workspace, args } = call;
    const file = fileOf(call, args.text('file'));
    const json = fileJson(world, workspace, file);
    if (file.state === 'complete' && file.pollsLeft > 0) file.pollsLeft -= 1;
    return { file: json, comments: [], response_metadata: { next_cursor: '' } };
  },

  'files.delete': (call) => {
    fileOf(call, call.args.text('file')).state = 'deleted';
    return {};
  },
};

function fileOf({ workspace }: ApiCall, id: string): StoredFile {
  const file = workspace.files.get(id);
  if (!file) throw new Refusal('file_not_found');
  if (file.state === 'deleted') throw new Refusal('file_deleted');
  return file;
}
