/** What an engine's process may be told beside what every child sees. */
export type EngineEnvironment = Readonly<Partial<Record<'CUDA_VISIBLE_DEVICES', string>>>;

/** What the terminal says of itself, and whether colours are wanted (https://no-color.org). */
export function terminalEnvironment(): Record<'TERM' | 'NO_COLOR', string | undefined> {
  const { TERM, NO_COLOR } = process.env;
  return { TERM, NO_COLOR };
}

/** What a child process may see of the environment: where things are on this machine, no secret. */
const CHILD_VARIABLES = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'SYSTEMROOT',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'LC_ALL',
  'TZ',
  'LD_LIBRARY_PATH',
  'CUDA_VISIBLE_DEVICES',
  'NVIDIA_VISIBLE_DEVICES',
  'FONTCONFIG_FILE',
  'FONTCONFIG_PATH',
] as const;

/**
 * The environment of a child process: an allow-list of names, so that no token ever reaches one.
 * @param told What it is told by us; holds over what there is.
 */
export function childEnvironment(told: EngineEnvironment = {}): Record<string, string> {
  const allowed: Record<string, string> = {};
  for (const name of CHILD_VARIABLES) {
    const value = process.env[name];
    if (value !== undefined) allowed[name] = value;
  }
  return { ...allowed, ...told };
}
