export type { WorkspaceSettings, WorkspaceSettingsChange } from '../store/workspace-settings.ts';
