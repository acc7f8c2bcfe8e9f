import type { ImageFormat } from '../../image/types.ts';
import type { ErrorCode } from '../../errors.ts';
import type { Opinion, TurnState } from '../records.ts';
import type { SlackTables } from './slack-installs.ts';
import type { WebTables } from './web-chat/schema.ts';

/*
 * The tables as the query builder sees them. Only text and integers, which both databases hold
 * alike: times are milliseconds, JSON is text and parsed by `json.ts`, absent ids of a place are ''.
 */
export interface Tables extends WebTables, SlackTables {
  conversations: ConversationsTable;
  turns: TurnsTable;
  turn_images: TurnImagesTable;
  rounds: RoundsTable;
  heads: HeadsTable;
  inbox: InboxTable;
  leases: LeasesTable;
  posts: PostsTable;
  opinions: OpinionsTable;
  usage: UsageTable;
  workspace_usage: WorkspaceUsageTable;
  workspaces: WorkspacesTable;
  audit: AuditTable;
}

export interface ConversationsTable {
  id: string;
  platform: string;
  workspace: string;
  channel: string;
  thread: string;
  /** The last sequence given to a turn. */
  turn_count: number;
  /** The entry of `heads` that is shown, or the next one before it. */
  head_position: number;
  created_at: number;
  updated_at: number;
}

export interface TurnsTable {
  id: string;
  conversation_id: string;
  sequence: number;
  person: string;
  message_key: string;
  prompt: string;
  engine: string;
  seed: number;
  max_rounds: number;
  context: string;
  state: TurnState;
  code: ErrorCode | null;
  answers_id: string | null;
  base_turn_id: string | null;
  base_round: number | null;
  thought: string | null;
  outcome: string | null;
  created_at: number;
  released_at: number | null;
  started_at: number | null;
  deadline_at: number | null;
  ended_at: number | null;
  delivered_at: number | null;
}

/** Every use of a picture: what a reference to it needs, and by which removal knows what is free. */
export interface TurnImagesTable {
  turn_id: string;
  /** The turn's own round for `round`, 0.. for `reference`, else 0. */
  role: ImageRole;
  ordinal: number;
  image_id: string;
  format: ImageFormat;
  width: number;
  height: number;
  bytes: number;
}

export type ImageRole = 'source' | 'base' | 'reference' | 'mask' | 'round';

export interface RoundsTable {
  turn_id: string;
  round: number;
  instruction: string;
  reflection: string | null;
  kept: string | null;
  recorded_at: number;
}

/** What a conversation has shown, in order: undo and redo walk along it. */
export interface HeadsTable {
  conversation_id: string;
  position: number;
  turn_id: string;
  round: number;
}

export interface InboxTable {
  message_key: string;
  person: string | null;
  /** Null where it is not needed any more. */
  payload: string | null;
  /** JSON of what its moving the head came to; null where it did not ask for that. */
  move: string | null;
  received_at: number;
  settled_at: number | null;
}

export interface LeasesTable {
  name: string;
  owner: string;
  token: string;
  expires_at: number;
}

export interface PostsTable {
  conversation_id: string;
  slot: string;
  turn_id: string | null;
  marker: string;
  channel: string;
  message_id: string | null;
  painted: string | null;
  created_at: number;
}

export interface OpinionsTable {
  turn_id: string;
  person: string;
  opinion: Opinion;
  given_at: number;
}

export interface UsageTable {
  day: string;
  person: string;
  turns: number;
  rounds: number;
}

/** How much of a person's usage was in one workspace. */
export interface WorkspaceUsageTable {
  day: string;
  person: string;
  platform: string;
  workspace: string;
  turns: number;
}

/** Only workspaces where something was decided. */
export interface WorkspacesTable {
  platform: string;
  workspace: string;
  settings: string;
  updated_at: number;
}

export interface AuditTable {
  id: string;
  at: number;
  person: string;
  action: string;
  conversation_id: string | null;
  turn_id: string | null;
  text: string | null;
}
