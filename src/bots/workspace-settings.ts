import type { Place } from '../store/records.ts';
import type { WorkspaceSettings } from '../store/workspace-settings.ts';
import type { Author } from './types.ts';

export type { WorkspaceSettings, WorkspaceSettingsChange } from '../store/workspace-settings.ts';

/** Why somebody may not have pictures edited somewhere. */
export type Bar = 'channel' | 'role';

/**
 * What keeps somebody from asking for edits in a place, if anything does. Direct messages are no
 * channel; who may change the settings needs no role.
 */
export function barTo(
  { channels, roles }: WorkspaceSettings,
  asking: {
    readonly place: Pick<Place, 'channel'>;
    readonly author: Pick<Author, 'roles'>;
    readonly isAdmin: boolean;
    readonly isDirect: boolean;
  },
): Bar | undefined {
  const { place, author, isAdmin, isDirect } = asking;
  if (!isDirect && channels.length > 0 && !channels.includes(place.channel)) return 'channel';
  const isFree = isAdmin || roles.length === 0;
  return isFree || author.roles.some((role) => roles.includes(role)) ? undefined : 'role';
}
