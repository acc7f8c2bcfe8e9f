import { openChatServer, type Asked, type QuestionName, type Said } from './chat-server.ts';
import { scriptedModel } from './engine.ts';
import type { Trouble } from './http.ts';
import { openImageServer, type Order } from './image-server.ts';

/** What two servers make of one request. */
export interface Scene {
  /** What tells it from others: it is in all that is asked and ordered for it. */
  readonly name: string;
  /** What the model says, as `scriptedModel` takes it. */
  readonly answers?: Partial<Record<QuestionName, readonly Said[]>>;
  readonly paint?: (order: Order) => Promise<Buffer | Trouble>;
}

/** A scene that is played. */
export interface Played {
  readonly asked: Asked[];
  readonly orders: Order[];
}

type Playing = Played & {
  readonly name: string;
  readonly model: (asked: Asked) => Said;
  readonly paint: NonNullable<Scene['paint']>;
};

/** A server that thinks and judges and one that paints, which know what to do about many requests at a time. */
export class Studio implements AsyncDisposable {
  readonly #scenes: Playing[] = [];
  readonly #closing: (() => Promise<void>)[] = [];
  readonly #plain = scriptedModel();
  /** What the bot finds them by. */
  settings: Readonly<Record<string, string>> = {};

  static async open(): Promise<Studio> {
    const studio = new Studio();
    const whenDone = (close: () => Promise<void>) => void studio.#closing.push(close);
    const [chat, images] = await Promise.all([
      openChatServer({ model: (asked) => studio.#answer(asked), apiKey: 'sk-reasoner', whenDone }),
      openImageServer({ paint: (order) => studio.#paint(order), apiKey: 'sk-editor', whenDone }),
    ]);
    studio.settings = {
      REASONER_URL: chat.url,
      REASONER_API_KEY: 'sk-reasoner',
      EDITOR_URL: images.url,
      EDITOR_API_KEY: 'sk-editor',
    };
    return studio;
  }

  play({ name, answers = {}, paint = unwanted }: Scene): Played {
    const playing = { name, model: scriptedModel(answers), paint, asked: [], orders: [] };
    this.#scenes.push(playing);
    return playing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const close of this.#closing) await close();
  }

  #answer(asked: Asked): Said {
    const scene = this.#sceneOf(asked.text);
    scene?.asked.push(asked);
    // One question has nothing of the request in it.
    return (scene?.model ?? this.#plain)(asked);
  }

  #paint(order: Order): Promise<Buffer | Trouble> {
    const scene = this.#sceneOf(order.prompt);
    if (!scene) throw new Error(`Nobody wants “${order.prompt}”.`);
    scene.orders.push(order);
    return scene.paint(order);
  }

  /** Of scenes in one thread the latest: what is asked for it tells of those before. */
  #sceneOf(text: string): Playing | undefined {
    return this.#scenes.findLast(({ name }) => text.includes(name));
  }
}

const unwanted = (): Promise<never> => Promise.reject(new Error('Nothing was to be painted.'));
