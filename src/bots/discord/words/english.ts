import type { Words } from './types.ts';

export const ENGLISH_WORDS: Words = {
  locales: [],
  edit: {
    name: 'edit',
    description: 'Edit a picture by saying what to change',
    options: {
      prompt: { name: 'prompt', description: 'What to change' },
      image: {
        name: 'image',
        description: 'The picture; without one the latest result of the thread',
      },
      more: { name: 'image', description: 'Another picture that the request is about' },
      mask: { name: 'mask', description: 'White where the picture may change, black elsewhere' },
      url: { name: 'url', description: 'The address of a picture on the web' },
      rounds: { name: 'rounds', description: 'How many times it may edit and look again' },
      seed: { name: 'seed', description: 'The same seed gives the same result' },
      engine: { name: 'engine', description: 'What thinks and edits' },
      private: { name: 'private', description: 'Only you see it' },
    },
  },
  editThis: 'Edit this image',
  help: { name: 'edit-help', description: 'What the bot does and how to talk to it' },
  history: { name: 'edit-history', description: 'What you asked for, and what came of it' },
  forgetMe: {
    name: 'edit-forget-me',
    description: 'Delete all that the bot keeps of you, for good',
  },
  settings: {
    name: 'edit-settings',
    description: 'What holds on this server; without options it shows that',
    options: {
      channels: {
        name: 'channels',
        description: 'Mention the only channels to work in, or say “all”',
      },
      roles: { name: 'roles', description: 'Mention the only roles that may ask, or say “all”' },
      daily: {
        name: 'daily-limit',
        description: 'Requests per person and day; 0 leaves it to the operator',
      },
      rounds: {
        name: 'rounds',
        description: 'Most rounds of a request; 0 leaves it to the operator',
      },
      followUps: {
        name: 'follow-ups',
        description: 'Whether messages in a thread need no mention of the bot',
      },
    },
  },
  form: {
    title: 'Edit this image',
    request: 'What to change',
    example: 'make it look like a foggy morning',
    files: 'More pictures',
    filesHint: 'Those that the request is about, if any',
  },
  mentionMe: 'Mention me in your next message to go on: I can’t read others here.',
  showResult: 'Show the result',
  suggestions: {},
};
