import { LogLevel, type Logger } from '@slack/bolt';

/** A client of Slack writes what was refused on the terminal; tests look at that themselves. */
export const SILENT: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};
