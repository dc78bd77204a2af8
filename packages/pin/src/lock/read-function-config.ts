import type { FieldRule } from '../config/field-rule.ts';
import type { IgnoreRule } from '../config/ignore-rule.ts';
import { PinError } from '../pin-error.ts';
import { isMapping, mapping, problemsOf, type Shape, textThat } from '../shape/shape.ts';
import type { Lock, Settings } from './lock.ts';
import { API_VERSION, lockShape, pinImagesShape, SETTINGS } from './lock-shape.ts';
import { type LockDocument, lockOf } from './read-lock.ts';

/** What an orchestrator's functionConfig says, whichever of its forms it has. */
export interface FunctionConfig {
  /** `ImageLock`, `PinImages`, `ConfigMap`; `none` where there is no functionConfig. */
  readonly kind: 'ImageLock' | 'PinImages' | 'ConfigMap' | 'none';
  /** The lock itself, where the functionConfig is one. */
  readonly lock?: Lock;
  /** The lock to read, relative to the working directory. */
  readonly lockFile?: string;
  readonly settings: Settings;
  readonly ignore: readonly IgnoreRule[];
  readonly fields: readonly FieldRule[];
}

const NOTHING: FunctionConfig = { kind: 'none', settings: {}, ignore: [], fields: [] };

/** `data` of a ConfigMap: what `kpt fn eval -- key=value` sends, every value a string. */
const dataShape: Shape = mapping({ lock: textThat(), ...SETTINGS });

const configMapShape: Shape = (value, trail, found) => {
  const data = isMapping(value) ? (value.data ?? {}) : {};
  dataShape(asTexts(data), { above: trail, step: 'data' }, found);
};

/**
 * Reads a functionConfig from plain values: an `ImageLock`, a `PinImages` that names one, or a
 * ConfigMap whose `data` holds settings. Undefined or null is none.
 *
 * Throws `PinError` `bad-function-config` for any other kind, and for unknown keys and wrong values,
 * with the path and the nearest known key.
 */
export async function readFunctionConfig(value: unknown): Promise<FunctionConfig> {
  if (value === undefined || value === null) return NOTHING;
  const name = nameOf(value);
  switch (isMapping(value) ? value.kind : undefined) {
    case 'ImageLock':
      await check(value, lockShape, name);
      return fromLock(lockOf(value as unknown as LockDocument, name));
    case 'PinImages':
      await check(value, pinImagesShape, name);
      return fromSpec((value as { readonly spec: PinImagesSpec }).spec);
    case 'ConfigMap':
      await check(value, configMapShape, name);
      return fromData(asTexts((value as { readonly data?: unknown }).data ?? {}));
    default:
      throw new PinError(
        'bad-function-config',
        `${name}: the functionConfig must be an ImageLock or PinImages of ${API_VERSION}, or a ConfigMap`,
      );
  }
}

interface PinImagesSpec {
  readonly lock?: string;
  readonly settings?: Settings;
  readonly ignore?: readonly IgnoreRule[];
  readonly fields?: readonly FieldRule[];
}

function fromLock(lock: Lock): FunctionConfig {
  const { settings, ignore = [], fields = [] } = lock;
  return { kind: 'ImageLock', lock, settings, ignore, fields };
}

function fromSpec({
  lock,
  settings = {},
  ignore = [],
  fields = [],
}: PinImagesSpec): FunctionConfig {
  const named = lock === undefined ? undefined : { lockFile: lock };
  return { kind: 'PinImages', ...named, settings, ignore, fields };
}

function fromData(data: unknown): FunctionConfig {
  const { lock, ...settings } = data as Settings & { readonly lock?: string };
  const named = lock === undefined ? undefined : { lockFile: lock };
  return { kind: 'ConfigMap', ...named, settings, ignore: [], fields: [] };
}

async function check(value: unknown, shape: Shape, name: string): Promise<void> {
  const problems = problemsOf(value, shape);
  if (problems.length === 0) return;
  const { refuseValue } = await import('../shape/refuse.ts');
  await refuseValue(name, 'bad-function-config', problems);
}

/** YAML readers make numbers and booleans of what kpt writes without quotes. */
function asTexts(data: unknown): unknown {
  if (!isMapping(data)) return data;
  const texts = Object.entries(data).map(([key, value]) => [
    key,
    typeof value === 'number' || typeof value === 'boolean' ? String(value) : value,
  ]);
  return Object.fromEntries(texts);
}

/** `images.lock.yaml`, where the orchestrator says which file it is, or `ImageLock/images`. */
function nameOf(value: unknown): string {
  const metadata = isMapping(value) && isMapping(value.metadata) ? value.metadata : {};
  const annotations = isMapping(metadata.annotations) ? metadata.annotations : {};
  const path = annotations['internal.config.kubernetes.io/path'];
  if (typeof path === 'string' && path !== '') return path;
  const kind = isMapping(value) ? value.kind : undefined;
  const name = metadata.name;
  if (typeof kind !== 'string') return 'functionConfig';
  return typeof name === 'string' ? `${kind}/${name}` : kind;
}
