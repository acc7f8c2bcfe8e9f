import type { Server } from 'node:http';

import { HTTPReceiver, type InstallationStore, type Receiver } from '@slack/bolt';

import { AppError } from '../../../errors.ts';
import { SILENT } from '../api.ts';

export interface HttpParts {
  readonly signingSecret: string;
  readonly host: string;
  /** 0 takes any port that is free. */
  readonly port: number;
  /** How the app is installed in other workspaces. */
  readonly install?: {
    readonly clientId: string;
    readonly clientSecret: string;
    /** Signs what a browser brings back. */
    readonly stateSecret: string;
    readonly scopes: readonly string[];
    readonly store: InstallationStore;
    readonly apiUrl: string;
  };
}

/** Where Slack sends everything to: events, what was pressed, commands. */
const ENDPOINT = '/slack/events';

export interface HttpReceiver extends Receiver {
  /** Such as `http://127.0.0.1:3000/slack/events`; undefined until it has started. */
  readonly url: string | undefined;
}

/** Requests that Slack has signed, on a port of this process. */
export function httpReceiver({ signingSecret, host, port, install }: HttpParts): HttpReceiver {
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: ENDPOINT,
    logger: SILENT,
    bodyLimit: '2mb',
    ...(install && {
      clientId: install.clientId,
      clientSecret: install.clientSecret,
      stateSecret: install.stateSecret,
      scopes: [...install.scopes],
      installationStore: install.store,
      installerOptions: { clientOptions: { slackApiUrl: install.apiUrl }, directInstall: true },
    }),
    // Who has no answer yet gets one that makes Slack send it again.
    processEventErrorHandler: async ({ response }) => {
      if (!response.headersSent) response.writeHead(500).end();
      return false;
    },
    dispatchErrorHandler: ({ response }) => void response.writeHead(404).end(),
  });
  let server: Server | undefined;
  return {
    get url() {
      const address = server?.address();
      if (!address || typeof address === 'string') return undefined;
      const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
      return `http://${name}:${address.port}${ENDPOINT}`;
    },
    init: (app) => receiver.init(app),
    start: async () => {
      try {
        server = await receiver.start({ host, port });
      } catch (error) {
        throw new AppError(
          'BAD_SETTINGS',
          `Slack can’t be served at ${host}:${port}; set another SLACK_PORT or SLACK_HOST.`,
          { cause: error },
        );
      }
    },
    stop: async () => {
      if (!server) return;
      const closed = receiver.stop();
      server.closeIdleConnections();
      await closed;
    },
  };
}
