import { readFileSync } from 'node:fs';
import {
  type FunctionConfig,
  type RenderInput,
  type RenderSettings,
  readFunctionConfig,
  readLock,
  readPlain,
} from '@pindrift/pin';
import type { RenderCall } from './call.ts';
import { functionConfigText } from './function-config-text.ts';

/**
 * Lock and settings, from the functionConfig in the ResourceList or from the file that was named.
 * Throws an `Error` that says what to add where there is no lock.
 */
export async function configure(
  call: RenderCall,
  inputs: readonly RenderInput[],
): Promise<RenderSettings> {
  const config = await readConfig(call, inputs);
  const { lockFile, settings, ignore, fields } = config;
  const rules = { settings, ignore, fields };
  if (config.lock !== undefined) return { ...rules, lock: config.lock };
  if (lockFile !== undefined) {
    const lock = await readLock(readFileSync(lockFile, 'utf8'), { file: lockFile });
    return { ...rules, lock };
  }
  if (settings.mode === 'resolve') return rules;
  throw new Error(config.kind === 'none' ? NO_CONFIG : NO_LOCK);
}

const NO_CONFIG = `the input has no functionConfig, so there is no lock to pin from:
  kustomize: list the lock under transformers: in kustomization.yaml
  kpt: --fn-config images.lock.yaml, or configPath: images.lock.yaml in the Kptfile
  \`pindrift lock\` makes a lock`;

const NO_LOCK = `the functionConfig names no lock: set spec.lock of PinImages, or lock in the data of a ConfigMap
  (kpt fn eval … -- lock=images.lock.yaml), or make the lock itself the functionConfig`;

async function readConfig(
  { config: file }: RenderCall,
  [list]: readonly RenderInput[],
): Promise<FunctionConfig> {
  if (file !== undefined) {
    const text = readFileSync(file, 'utf8');
    return readFunctionConfig(await readPlain(text, file, 'bad-function-config'));
  }
  const text = list && functionConfigText(list.text);
  if (text === undefined) return readFunctionConfig(undefined);
  const value = await readPlain(text, 'functionConfig', 'bad-function-config');
  return readFunctionConfig((value as { functionConfig?: unknown } | null)?.functionConfig);
}
