import { relative, resolve } from 'node:path';
import { type Config, loadConfig } from '@pindrift/pin/config';
import type { Call } from './verb.ts';

/** The configuration of this call: `--config`, else `pindrift.yaml` found upward, else all defaults. */
export async function openConfig({ options, io }: Call): Promise<Config> {
  const { config: named } = options;
  if (named === undefined) return await loadConfig(io.cwd);
  const absolute = resolve(io.cwd, named);
  return await loadConfig(io.cwd, { file: relative(process.cwd(), absolute) || absolute });
}
