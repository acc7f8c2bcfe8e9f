import { AppError } from '../../src/errors.ts';
import { encodeAction, MAX_ACTION_CHARACTERS } from '../../src/bots/actions.ts';
import { picturesOf, type ChatMessage } from '../../src/bots/messages.ts';
import type { AdapterCapabilities, Destination, Painting } from '../../src/bots/types.ts';
import type { Place } from '../../src/store/records.ts';
import { textsIn } from './message-texts.ts';

/** What happens to a call: see the names. `lost` and `hangs-up` differ in whether it was heard. */
export type PlatformFault =
  | 'none'
  | 'rate-limited'
  | 'hangs-up'
  | 'lost'
  | 'not-permitted'
  | 'refused'
  | 'too-large'
  /** Somebody deletes the latest message of the channel just before the call. */
  | 'deleted';

export interface RecordedMessage {
  readonly id: string;
  readonly place: Place;
  readonly marker: string;
  readonly postedAt: number;
  message: ChatMessage;
  /** The files, where the adapter takes some. */
  files: Painting['files'];
  paintedAt: number;
  isDeleted: boolean;
}

export const RETRY_AFTER_MS = 7_000;

/**
 * A chat platform in memory that holds the bot to its rules: what breaks one is written down in
 * `violations`, and fails the call. It outlives the adapters that speak to it.
 */
export class RecordingPlatform {
  readonly messages: RecordedMessage[] = [];
  readonly violations: string[] = [];
  /** What happens to the next calls that write or look for something; nothing to those after. */
  readonly faults: PlatformFault[] = [];
  /** The names of all such calls. */
  readonly calls: string[] = [];
  /** Whether the bot may not post pictures. */
  forbidsPictures = false;
  readonly #capabilities: AdapterCapabilities;
  readonly #now: () => number;
  readonly #busy = new Set<string>();
  readonly #goneChannels = new Set<string>();
  /** By channel. */
  readonly #pausedUntil = new Map<string, number>();
  /** Channels in which the bot was told to wait. */
  readonly #told = new Set<string>();
  #lastPostAt = new Map<string, number>();

  constructor(capabilities: AdapterCapabilities, now: () => number) {
    this.#capabilities = capabilities;
    this.#now = now;
  }

  /** What people see, in its order. */
  thread(channel: string): RecordedMessage[] {
    return this.messages.filter(({ place, isDeleted }) => !isDeleted && place.channel === channel);
  }

  /** Another process speaks from now on, which was told nothing yet. */
  meetAnother(): void {
    this.#told.clear();
    this.#busy.clear();
  }

  deleteMessage(id: string): void {
    const message = this.messages.find((other) => other.id === id);
    if (message) message.isDeleted = true;
  }

  removeChannel(channel: string): void {
    this.#goneChannels.add(channel);
  }

  post({ place }: Destination, painting: Painting, marker: string): Promise<{ messageId: string }> {
    return this.#call('post', place, `post ${marker}`, (calledAt) => {
      this.#check(painting);
      if (this.forbidsPictures && picturesOf(painting.message).length > 0) throw notPermitted();
      const last = this.#lastPostAt.get(place.channel) ?? Number.NEGATIVE_INFINITY;
      this.#demand(calledAt - last >= this.#capabilities.postIntervalMs, 'Messages came too fast.');
      this.#demand(
        !this.messages.some((message) => message.marker === marker && !message.isDeleted),
        `${marker} was posted twice.`,
      );
      this.#demand(
        this.#hasFiles(painting) || !this.#needsFiles(painting.message),
        'A message came without its pictures.',
      );
      this.#lastPostAt.set(place.channel, calledAt);
      const id = `message-${this.messages.length + 1}`;
      this.messages.push({
        id,
        place,
        marker,
        postedAt: calledAt,
        message: structuredClone(painting.message),
        files: painting.files,
        paintedAt: calledAt,
        isDeleted: false,
      });
      return { messageId: id };
    });
  }

  update({ place }: Destination, messageId: string, painting: Painting): Promise<void> {
    return this.#call('update', place, `update ${messageId}`, (calledAt) => {
      const known = this.#own(place, messageId);
      this.#check(painting);
      this.#demand(
        calledAt - known.paintedAt >= this.#capabilities.editIntervalMs ||
          known.paintedAt === known.postedAt,
        `${messageId} was edited too fast.`,
      );
      this.#demand(
        this.#hasFiles(painting) ||
          !this.#needsFiles(painting.message) ||
          samePictures(painting.message, known.message),
        `${messageId} got other pictures without their files.`,
      );
      known.message = structuredClone(painting.message);
      if (painting.files) known.files = painting.files;
      known.paintedAt = calledAt;
    });
  }

  find({ place }: Destination, marker: string, since: number): Promise<string | undefined> {
    return this.#call('find', place, `find ${marker}`, () => {
      const found = this.messages.find(
        (message) => message.marker === marker && !message.isDeleted && message.postedAt >= since,
      );
      return found?.id;
    });
  }

  remove({ place }: Destination, messageId: string): Promise<void> {
    return this.#call('remove', place, `remove ${messageId}`, () => this.deleteMessage(messageId));
  }

  /** @param work Is told when it was called: a process may be gone by the time its call arrives. */
  async #call<Value>(
    name: string,
    { channel }: Place,
    resource: string,
    work: (calledAt: number) => Value,
  ): Promise<Value> {
    const calledAt = this.#now();
    this.calls.push(name);
    this.#demand(!this.#busy.has(resource), `Two calls at a time: ${resource}.`);
    this.#busy.add(resource);
    try {
      const pausedUntil = () => this.#pausedUntil.get(channel) ?? 0;
      this.#demand(
        !this.#told.has(channel) || this.#now() >= pausedUntil(),
        'A call came before its time.',
      );
      // An answer takes a while.
      await new Promise(setImmediate);
      if (this.#now() < pausedUntil()) throw this.#tellToWait(channel, pausedUntil() - this.#now());
      if (this.#goneChannels.has(channel)) {
        throw new AppError('CHANNEL_GONE', 'That channel is gone.');
      }
      const fault = this.faults.shift() ?? 'none';
      if (fault === 'deleted') {
        const latest = this.thread(channel).at(-1);
        if (latest) latest.isDeleted = true;
      }
      const failure = this.#failureOf(fault, channel);
      if (failure) throw failure;
      const value = work(calledAt);
      if (fault === 'lost') throw unavailable();
      return value;
    } finally {
      this.#busy.delete(resource);
    }
  }

  #failureOf(fault: PlatformFault, channel: string): AppError | undefined {
    switch (fault) {
      case 'none':
      case 'lost':
      case 'deleted':
        return undefined;
      case 'rate-limited':
        return this.#tellToWait(channel, RETRY_AFTER_MS);
      case 'hangs-up':
        return unavailable();
      case 'not-permitted':
        return notPermitted();
      case 'refused':
        return new AppError('MESSAGE_REFUSED', 'The platform does not take that.');
      case 'too-large':
        return new AppError('ATTACHMENT_TOO_LARGE', 'That file is too large.');
    }
    return fault satisfies never;
  }

  #tellToWait(channel: string, retryAfterMs: number): AppError {
    this.#told.add(channel);
    this.#pausedUntil.set(channel, this.#now() + retryAfterMs);
    return new AppError('RATE_LIMITED', 'Too many calls.', { retryable: true, retryAfterMs });
  }

  #own({ channel }: Place, messageId: string): RecordedMessage {
    const message = this.messages.find(({ id }) => id === messageId);
    this.#demand(message !== undefined, `There never was a message ${messageId}.`);
    if (message === undefined || message.isDeleted) {
      throw new AppError('MESSAGE_GONE', 'That message is gone.');
    }
    this.#demand(message.place.channel === channel, `${messageId} is elsewhere.`);
    return message;
  }

  #check({ message, files }: Painting): void {
    const limits = this.#capabilities;
    const texts = textsIn(message);
    const total = texts.reduce((sum, text) => sum + text.length, 0);
    this.#demand(total <= limits.maxMessageCharacters, `A message has ${total} characters.`);
    this.#demand(
      texts.every((text) => text.length <= limits.maxTextCharacters),
      'A text is too long.',
    );
    this.#demand(message.buttons.length <= limits.maxButtons, 'There are too many buttons.');
    for (const button of message.buttons) {
      this.#demand(button.label.length > 0, 'A button has no label.');
      this.#demand(button.label.length <= limits.maxLabelCharacters, 'A label is too long.');
      this.#demand(
        encodeAction(button).length <= MAX_ACTION_CHARACTERS,
        'What a button carries is too long.',
      );
    }
    for (const { alt } of picturesOf(message)) {
      this.#demand(alt.length > 0, 'A picture has no words for those who do not see it.');
      this.#demand(alt.length <= limits.maxAltCharacters, 'The words of a picture are too long.');
    }
    this.#demand(
      files === undefined || files.length === picturesOf(message).length,
      'There are not as many files as pictures.',
    );
    for (const { shown, original } of files ?? []) {
      const { maxBytes = 0, shownFormats = [] } = limits.files ?? {};
      for (const file of [shown, ...(original ? [original] : [])]) {
        this.#demand(file.image.bytes.length <= maxBytes, `${file.name} is too large.`);
      }
      this.#demand(shownFormats.includes(shown.image.format), `${shown.name} can not be shown.`);
    }
  }

  #hasFiles = ({ files }: Painting): boolean => files !== undefined;

  #needsFiles(message: ChatMessage): boolean {
    return this.#capabilities.files !== undefined && picturesOf(message).length > 0;
  }

  #demand(holds: boolean, violation: string): void {
    if (holds) return;
    this.violations.push(violation);
    throw new Error(violation);
  }
}

function notPermitted(): AppError {
  return new AppError('NOT_PERMITTED', 'I need Attach Files here.');
}

function unavailable(): AppError {
  return new AppError('PLATFORM_UNAVAILABLE', 'The platform does not answer.', {
    retryable: true,
  });
}

function samePictures(one: ChatMessage, other: ChatMessage): boolean {
  const ids = (message: ChatMessage) => picturesOf(message).map(({ image }) => image.id);
  return JSON.stringify(ids(one)) === JSON.stringify(ids(other));
}
