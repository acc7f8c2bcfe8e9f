import type { ImageFormat } from '../../../image/types.ts';
import type { Opinion } from '../../records.ts';

/** The tables of the local chat; see `../schema.ts`. */
export interface WebTables {
  web_revisions: WebRevisionsTable;
  web_threads: WebThreadsTable;
  web_messages: WebMessagesTable;
  web_pictures: WebPicturesTable;
}

/** One row, `chat`, which every change locks: so revisions become visible in their order. */
export interface WebRevisionsTable {
  name: string;
  revision: number;
}

/** A thread that was deleted stays as its id alone, so that readers learn of it. */
export interface WebThreadsTable {
  id: string;
  title: string;
  updated_at: number;
  revision: number;
  deleted_at: number | null;
}

export interface WebMessagesTable {
  id: string;
  thread_id: string;
  /** The revision that it came with. */
  position: number;
  revision: number;
  author: 'person' | 'bot';
  /** Of a person's message the key under which it was sent. */
  marker: string;
  answers: string | null;
  content: string;
  sent_at: number;
  /** When the bot took it; null in messages of the bot. */
  heard_at: number | null;
  deleted_at: number | null;
  opinion: Opinion | null;
}

/** What each message shows: only these pictures are given out. */
export interface WebPicturesTable {
  message_id: string;
  image_id: string;
  format: ImageFormat;
  width: number;
  height: number;
  bytes: number;
}
