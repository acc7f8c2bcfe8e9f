/**
 * Where the app is installed at Slack, by the id of the workspace. What is kept is sealed by who keeps it:
 * the store can't read it. All methods may reject with `STORE_UNAVAILABLE`, `STORAGE_FULL`, and
 * `SHUTDOWN` once it is disposed of.
 */
export interface SlackInstalls extends AsyncDisposable {
  /** In place of what was kept of the workspace before, also through a power cut. */
  keep(team: string, sealed: string): Promise<void>;
  find(team: string): Promise<string | undefined>;
  remove(team: string): Promise<void>;
}
