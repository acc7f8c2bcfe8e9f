import { Args } from './args.ts';
import { contentOf, deleteMessage } from './api/chat.ts';
import { tellChanged, tellMessage } from './events.ts';
import { refuseUnless, Refusal } from './refusal.ts';
import { messageJson } from './shapes.ts';
import type { Json } from './types.ts';
import { jsonAnswer, type WebAnswer, type WebRequest } from './web-api.ts';
import { makeId, type Workspace } from './workspace.ts';
import type { World } from './world.ts';

const MAX_RESPONSES = 5;
const LIFE_MS = 1_800_000;

interface Way {
  readonly workspace: Workspace;
  readonly channel: string;
  readonly userId: string;
  /** The message that something was pressed on. */
  readonly ts?: string;
  readonly until: number;
  left: number;
}

/** Addresses at which an app answers what a person did, wherever that was. */
export class Responses {
  readonly #ways = new Map<string, Way>();

  makeUrl(world: World, way: Pick<Way, 'workspace' | 'channel' | 'userId' | 'ts'>): string {
    const id = makeId('response-');
    this.#ways.set(id, { ...way, until: world.clock.now() + LIFE_MS, left: MAX_RESPONSES });
    return `${world.origin}/respond/${id}`;
  }

  answer(world: World, { path, body }: WebRequest): WebAnswer {
    const way = this.#ways.get(path.split('/').at(-1) ?? '');
    if (!way || way.left === 0 || way.until < world.clock.now()) {
      return jsonAnswer({ ok: false, error: 'expired_url' }, {}, 404);
    }
    way.left -= 1;
    try {
      this.#act(world, way, JSON.parse(body.toString()) as Json);
      return jsonAnswer({ ok: true });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return jsonAnswer({ ok: false, error: error.error, ...error.details });
    }
  }

  #act(world: World, { workspace, channel, userId, ts }: Way, body: Json): void {
    const place = workspace.channels.get(channel);
    const original = place && workspace.findMessage(place, ts);
    if (body['delete_original'] === true) {
      refuseUnless(original !== undefined, 'message_not_found');
      deleteMessage({ world, workspace }, original);
      return;
    }
    const content = contentOf({ workspace, args: new Args(new Map(Object.entries(body))) }, 40_000);
    if (body['replace_original'] === true) {
      refuseUnless(original !== undefined, 'message_not_found');
      const before = messageJson(world, workspace, original);
      Object.assign(original, content);
      if (!content.blocks) delete original.blocks;
      tellChanged(world, workspace, original, before);
      return;
    }
    const thread = body['thread_ts'];
    const message = workspace.addMessage({
      channel,
      user: workspace.botUser.id,
      isFromApp: true,
      files: [],
      ...(body['response_type'] !== 'in_channel' && { onlyFor: userId }),
      ...(typeof thread === 'string' && { threadTs: thread }),
      ...content,
    });
    if (message.onlyFor === undefined) tellMessage(world, workspace, message);
  }
}
