import { parseArgs } from 'node:util';
import type { Settings } from '@pindrift/pin';

/** How the program was called, and with what. */
export type Call = { readonly kind: 'help' } | { readonly kind: 'version' } | RenderCall;

export interface RenderCall {
  readonly kind: 'render';
  /** File with the lock. */
  readonly lock: string | undefined;
  /** Win over the settings in the lock. */
  readonly settings: Settings;
  /** A `pindrift.yaml`; none is looked for. */
  readonly config: string | undefined;
  /** File that the findings are written to; Helm 4 shows nothing of what a plugin says on stderr. */
  readonly report: string | undefined;
  /** True as a Helm 4 plugin, which must not answer with nothing. */
  readonly plugin: boolean;
}

/** Reads arguments and environment. Throws an `Error` that says what is wrong with them. */
export function readCall(args: readonly string[], env: NodeJS.ProcessEnv): Call {
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  const mode = oneOf('--mode', values.mode, ['locked', 'resolve']);
  const onMissing = oneOf('--on-missing', values['on-missing'], ['fail', 'keep']);
  return {
    kind: 'render',
    lock: values.lock ?? (env.PINDRIFT_LOCK || undefined),
    config: values.config ?? (env.PINDRIFT_CONFIG || undefined),
    report: values.report ?? (env.PINDRIFT_REPORT || undefined),
    settings: { ...(mode && { mode }), ...(onMissing && { onMissing }) },
    plugin: Boolean(env.HELM_PLUGIN_NAME),
  };
}

const options = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  lock: { type: 'string' },
  mode: { type: 'string' },
  'on-missing': { type: 'string' },
  config: { type: 'string' },
  report: { type: 'string' },
} as const;

function oneOf<const Word extends string>(
  option: string,
  value: string | undefined,
  words: readonly Word[],
): Word | undefined {
  if (value === undefined) return undefined;
  const word = words.find((known) => known === value);
  if (word !== undefined) return word;
  throw new Error(`${option} is ${words.join(' or ')}, not '${value}'`);
}
