#!/usr/bin/env node
import { runProcess } from './cli/process.ts';
import { findEngine } from './pipeline/engines.ts';

await runProcess(findEngine);
