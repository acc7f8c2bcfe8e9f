import { openSlackInstalls, type HomeSettings } from '../../store/sql/index.ts';
import { oneInstallation, type Installations } from './installations.ts';
import { ManyInstallations } from './many-installations.ts';
import type { HttpParts } from './receivers/http.ts';
import { derived } from './sealing.ts';
import { SCOPES, type SlackSetup } from './setup.ts';

export interface OpenedInstallations {
  readonly installations: Installations;
  /** Where people install the app in their own workspaces. */
  readonly install?: NonNullable<HttpParts['install']>;
}

export function openInstallations(
  { workspaces, apiUrl }: SlackSetup,
  settings: HomeSettings,
): OpenedInstallations {
  if (workspaces.kind === 'one') {
    return { installations: oneInstallation(workspaces.token, apiUrl) };
  }
  const { clientId, clientSecret, tokenKey } = workspaces;
  const installations = new ManyInstallations(() => openSlackInstalls(settings), tokenKey);
  return {
    installations,
    install: {
      clientId,
      clientSecret,
      stateSecret: derived(tokenKey, 'slack-install-state'),
      scopes: SCOPES,
      store: installations.store,
      apiUrl,
    },
  };
}
