import type { Args } from './args.ts';
import { ASSISTANT } from './api/assistant.ts';
import { CHAT } from './api/chat.ts';
import { CONVERSATIONS } from './api/conversations.ts';
import { FILES } from './api/files.ts';
import type { Methods } from './api/handler.ts';
import { PEOPLE } from './api/people.ts';
import { VIEWS } from './api/views.ts';
import type { Rates } from './rates.ts';
import { Refusal, refuseUnless } from './refusal.ts';
import { demandMethodScope } from './scopes.ts';
import type { Sockets } from './sockets.ts';
import type { Json } from './types.ts';
import type { Workspace } from './workspace.ts';
import type { World } from './world.ts';

const METHODS: Methods = {
  ...ASSISTANT,
  ...CHAT,
  ...CONVERSATIONS,
  ...FILES,
  ...PEOPLE,
  ...VIEWS,
};

/** Answers that the app brings upon itself, whatever people do. */
const OUT_OF_PLACE = new Set(['unknown_method', 'not_supported_by_the_fake']);

/** A request as it came. */
export interface WebRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly type: string;
  readonly authorization: string;
  readonly body: Buffer;
}

export interface WebAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export const jsonAnswer = (
  body: Json,
  headers: Readonly<Record<string, string>> = {},
  status = 200,
): WebAnswer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
});

export const tooMany = (seconds: number): WebAnswer =>
  jsonAnswer({ ok: false, error: 'ratelimited' }, { 'retry-after': String(seconds) }, 429);

export interface WebApiParts {
  readonly world: World;
  readonly rates: Rates;
  readonly sockets: Sockets;
}

/** The Web API: `/api/<method>`. */
export class WebApi {
  readonly #parts: WebApiParts;

  constructor(parts: WebApiParts) {
    this.#parts = parts;
  }

  answer(method: string, { authorization }: WebRequest, args: Args): WebAnswer {
    const { world, rates } = this.#parts;
    const token = /^Bearer (.+)$/.exec(authorization)?.[1] ?? args.optionalText('token') ?? '';
    try {
      if (method === 'api.test') return jsonAnswer({ ok: true });
      if (method === 'oauth.v2.access') return jsonAnswer(this.#install(authorization, args));
      if (method === 'apps.connections.open') return jsonAnswer(this.#connect(token));
      const handler = METHODS[method];
      if (!handler) throw new Refusal('unknown_method', { req_method: method });
      const workspace = workspaceOf(world, token);
      const channel = args.optionalText('channel') ?? args.optionalText('channel_id') ?? '';
      const waitMs = rates.take(method, workspace.id, channel);
      if (waitMs !== undefined) return tooMany(Math.max(1, Math.ceil(waitMs / 1_000)));
      demandMethodScope(workspace, method);
      const scopes = { 'x-oauth-scopes': [...workspace.scopes].join(',') };
      return jsonAnswer({ ok: true, ...handler({ world, workspace, args }) }, scopes);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (OUT_OF_PLACE.has(error.error)) world.faults.push(`${method}: ${error.error}`);
      return jsonAnswer({ ok: false, error: error.error, ...error.details });
    }
  }

  #connect(token: string): Json {
    const { world, sockets } = this.#parts;
    refuseUnless(token !== '', 'not_authed');
    refuseUnless(token === world.app.appToken, 'invalid_auth');
    return { ok: true, url: sockets.makeAddress(world.origin) };
  }

  /** The app's part of being installed: somebody's code for a token. */
  #install(authorization: string, args: Args): Json {
    const { app, codes } = this.#parts.world;
    const basic = /^Basic (.+)$/.exec(authorization)?.[1] ?? '';
    const [id, secret] = basic
      ? Buffer.from(basic, 'base64').toString().split(':')
      : [args.optionalText('client_id'), args.optionalText('client_secret')];
    refuseUnless(id === app.clientId, 'invalid_client_id');
    refuseUnless(secret === app.clientSecret, 'bad_client_secret');
    const code = args.text('code');
    const workspace = codes.get(code);
    if (!workspace) throw new Refusal('invalid_code');
    codes.delete(code);
    return {
      ok: true,
      access_token: workspace.botToken,
      token_type: 'bot',
      scope: [...workspace.scopes].join(','),
      bot_user_id: workspace.botUser.id,
      app_id: app.id,
      team: { id: workspace.id, name: workspace.domain },
      enterprise: null,
      authed_user: { id: [...workspace.users.keys()].at(-1) },
      is_enterprise_install: false,
    };
  }
}

/** @throws {Refusal} */
function workspaceOf({ app, workspaces }: World, token: string): Workspace {
  refuseUnless(token !== '', 'not_authed');
  refuseUnless(token !== app.appToken, 'not_allowed_token_type');
  const workspace = workspaces.find(({ botToken }) => botToken === token);
  if (!workspace) throw new Refusal('invalid_auth');
  refuseUnless(!workspace.isRevoked, 'token_revoked');
  return workspace;
}
