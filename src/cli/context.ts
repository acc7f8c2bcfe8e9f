import type { EngineSpec } from '../pipeline/engine-host.ts';
import type { EngineOptions } from '../pipeline/engines.ts';
import type { Output } from './terminal.ts';

/** What a command touches of the process it runs in. */
export interface Context {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** @throws {AppError} `ENGINE_UNKNOWN` */
  readonly findEngine: (name: string, options: EngineOptions) => EngineSpec;
}
