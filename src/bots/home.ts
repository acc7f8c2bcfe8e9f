import type { Place, TurnState } from '../store/records.ts';
import type { Button } from './messages.ts';
import type { PlainText } from './plain-text.ts';
import type { WorkspaceSettings } from './workspace-settings.ts';

/** What a person sees of the bot on a page of its own. All words are there, in the reader's language. */
export interface Home {
  /** BCP 47: that of the words. */
  readonly locale: string;
  /** What the bot is for, and how to talk to it. */
  readonly help: PlainText;
  /** Above the recent requests; where there are none it says so. */
  readonly recentTitle: PlainText;
  /** The person's own, on the whole platform; the newest first. */
  readonly recent: readonly RecentRequest[];
  /** What holds in the workspace, in one sentence each. */
  readonly settingsLines: readonly PlainText[];
  /** The same as data, for a form. */
  readonly settings: WorkspaceSettings;
  /** Whether the person may change them. */
  readonly isAdmin: boolean;
  /** Deletes all that is kept of the person; the question comes first. */
  readonly forgetMe: { readonly question: PlainText; readonly button: Button };
}

export interface RecentRequest {
  /** The person's own words, cut where they are long. */
  readonly title: PlainText;
  readonly state: TurnState;
  /** How it ended or how far it is, and when it was asked: one line. */
  readonly line: PlainText;
  /** When it was asked: milliseconds since the epoch. */
  readonly at: number;
  readonly place: Place;
  /** Leads to its last message, where the platform has links. */
  readonly link?: string;
}
