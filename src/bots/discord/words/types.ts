/** The words of commands and forms in one language. */
export interface Words {
  /** Names of Discord's locales that read them; none for what all others read. */
  readonly locales: readonly string[];
  readonly edit: Named & {
    readonly options: Readonly<
      Record<
        'prompt' | 'image' | 'more' | 'mask' | 'url' | 'rounds' | 'seed' | 'engine' | 'private',
        Named
      >
    >;
  };
  /** In the menu of a message, at most 32 characters. */
  readonly editThis: string;
  readonly help: Named;
  readonly history: Named;
  readonly forgetMe: Named;
  readonly settings: Named & {
    readonly options: Readonly<
      Record<'channels' | 'roles' | 'daily' | 'rounds' | 'followUps', Named>
    >;
  };
  /** The form that asks for a request. */
  readonly form: {
    readonly title: string;
    readonly request: string;
    readonly example: string;
    readonly files: string;
    readonly filesHint: string;
  };
  /** How to go on in a thread whose plain messages the bot can't read. */
  readonly mentionMe: string;
  /** On a button that brings what came of a request that nobody else sees. */
  readonly showResult: string;
  /** Labels of requests that are suggested, by their words, which are what is asked for. */
  readonly suggestions: Readonly<Partial<Record<Suggestion, string>>>;
}

/** What a command or an option is called, at most 32 characters in lower case, and what it does, at most 100. */
export interface Named {
  readonly name: string;
  readonly description: string;
}

/** Requests to begin with. */
export const SUGGESTIONS = [
  'make it look like a foggy morning',
  'make it look like golden hour',
  'make it cinematic',
  'make it look like film noir',
  'make it look like a vintage photograph',
  'make it dreamy',
  'make it look like a moonlit night',
  'make it look like autumn',
  'make the sky more dramatic',
  'make it black and white',
  'make it warmer and a little brighter',
  'remove the haze',
  'straighten it',
  'crop it to 16:9',
  'blur the background',
] as const;

export type Suggestion = (typeof SUGGESTIONS)[number];
