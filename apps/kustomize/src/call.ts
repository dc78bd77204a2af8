import { parseArgs } from 'node:util';

/** How the program was called, and with what. */
export type Call = { readonly kind: 'help' } | { readonly kind: 'version' } | RenderCall;

export interface RenderCall {
  readonly kind: 'render';
  /** A `pindrift.yaml`; none is looked for. */
  readonly config: string | undefined;
  /** File that images and findings are written to. */
  readonly report: string | undefined;
  /** File with the functionConfig; undefined where a ResourceList on stdin carries it. */
  readonly functionConfig: string | undefined;
  /** That file is one that a person named, not one that kustomize made for a legacy exec plugin. */
  readonly named: boolean;
  /** Files to pin, `-` for stdin. */
  readonly inputs: readonly string[];
}

/**
 * Reads arguments and environment. kustomize's legacy exec plugins get the file with their
 * configuration as the only argument and manifests on stdin, and know it by
 * `KUSTOMIZE_PLUGIN_CONFIG_ROOT`; that is how `kubectl kustomize` runs a program without containers.
 *
 * Throws an `Error` that says what is wrong with the arguments.
 */
export function readCall(args: readonly string[], env: NodeJS.ProcessEnv): Call {
  if (args.length === 0) return renderCall({}, env);
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  if (values.help) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  const call = renderCall(values, env);
  const [functionConfig, ...inputs] = positionals;
  if (functionConfig === undefined) return call;
  if (inputs.length > 0) return { ...call, functionConfig, named: true, inputs };
  if (env.KUSTOMIZE_PLUGIN_CONFIG_ROOT) return { ...call, functionConfig };
  throw new Error(`name the manifests to pin after ${functionConfig}, or - for stdin; see --help`);
}

const options = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  config: { type: 'string' },
  report: { type: 'string' },
} as const;

function renderCall(
  values: { readonly config?: string; readonly report?: string },
  env: NodeJS.ProcessEnv,
): RenderCall {
  return {
    kind: 'render',
    config: values.config ?? (env.PINDRIFT_CONFIG || undefined),
    report: values.report ?? (env.PINDRIFT_REPORT || undefined),
    functionConfig: undefined,
    named: false,
    inputs: ['-'],
  };
}
