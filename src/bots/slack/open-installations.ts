import type { SlackSettings, SlackSetup } from './setup.ts';
import { oneInstallation, type Installations } from './installations.ts';
import type { HttpParts } from './receivers/http.ts';

export interface OpenedInstallations {
  readonly installations: Installations;
  /** Where people install the app in their own workspaces. */
  readonly install?: NonNullable<HttpParts['install']>;
}

export function openInstallations(
  { workspaces, apiUrl }: SlackSetup,
  _settings: SlackSettings,
): OpenedInstallations {
  if (workspaces.kind === 'one') {
    return { installations: oneInstallation(workspaces.token, apiUrl) };
  }
  throw new Error('later');
}
