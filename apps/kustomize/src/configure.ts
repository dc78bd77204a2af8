import {
  type FunctionConfig,
  type Lock,
  readFunctionConfig,
  readLock,
  shellWord,
} from '@pindrift/pin';
import { readPlain } from '@pindrift/pin/config';
import {
  type RenderInput,
  type RenderSettings,
  readFile,
  readLockText,
} from '@pindrift/pin/render';
import type { RenderCall } from './call.ts';
import { type FunctionConfigText, functionConfigText } from './function-config-text.ts';

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
  if (config.lock !== undefined) return { ...rules, ...forLock(config.lock, call) };
  if (lockFile !== undefined) {
    const lock = await readLock(readLockText(lockFile), { file: lockFile });
    return { ...rules, lock };
  }
  if (settings.mode === 'resolve') return rules;
  throw new Error(config.kind === 'none' ? NO_CONFIG : NO_LOCK);
}

/**
 * A person names the file, and kpt says which one the functionConfig is; kustomize does not, and what
 * it renders is what belongs into the lock.
 */
function forLock(lock: Lock, { functionConfig, named }: RenderCall): RenderSettings {
  if (named && functionConfig !== undefined) return { lock: { ...lock, file: functionConfig } };
  return lock.file.endsWith('.yaml') ? { lock } : { lock, lockCommand: lockCommand() };
}

/** kustomize runs a function in the folder of its kustomization, and its user is anywhere. */
function lockCommand(): string {
  const build = 'kustomize build --enable-alpha-plugins --enable-exec .';
  return `(cd ${shellWord(process.cwd())} && pindrift lock --render '${build}')`;
}

const NO_CONFIG = `the input has no functionConfig, so there is no lock to pin from:
  kustomize: list the lock under transformers: in kustomization.yaml
  kpt: --fn-config images.lock.yaml, or configPath: images.lock.yaml in the Kptfile
  \`pindrift lock\` makes a lock`;

const NO_LOCK = `the functionConfig names no lock: set spec.lock of PinImages, or lock in the data of a ConfigMap
  (kpt fn eval … -- lock=images.lock.yaml), or make the lock itself the functionConfig`;

const NO_LIST =
  'stdin is no ResourceList, which is what kustomize and kpt send (to pin by hand, see --help)';

const EMPTY = 'stdin is empty; kustomize and kpt send a ResourceList (to pin by hand, see --help)';

async function readConfig(
  { functionConfig: file }: RenderCall,
  [list]: readonly RenderInput[],
): Promise<FunctionConfig> {
  if (file !== undefined) {
    const text = readFile(file).toString();
    return readFunctionConfig(await readPlain(text, file, 'bad-function-config'));
  }
  if (list === undefined || list.text.length === 0) throw new Error(EMPTY);
  const found = functionConfigText(list.text);
  if (found === undefined) return readFunctionConfig(undefined);
  if (!holdsList(list.text)) throw new Error(NO_LIST);
  const value = await readValue(found);
  return readFunctionConfig((value as { functionConfig?: unknown } | null)?.functionConfig);
}

/** Where the whole list was read, the line that an error shows could be one of a Secret. */
async function readValue({ text, alone }: FunctionConfigText): Promise<unknown> {
  try {
    return await readPlain(text, 'functionConfig', 'bad-function-config');
  } catch (error) {
    if (alone || !(error instanceof Error)) throw error;
    throw new Error(error.message.split('\n', 1)[0], { cause: error });
  }
}

/** Under another kind than `ResourceList` or `List` the items would pass unseen. */
function holdsList({ buffer, byteOffset, length }: Uint8Array): boolean {
  return Buffer.from(buffer, byteOffset, length).includes('List');
}
