/** What was found out about one thing that this project can use. */
export interface Check {
  readonly name: string;
  /** `warning`: works, but not as well as it could; `missing`: can't be used. */
  readonly status: 'ok' | 'warning' | 'missing';
  readonly found: string;
  /** One sentence on what to do; absent when there is nothing to do. */
  readonly advice?: string;
}
