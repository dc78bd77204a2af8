import { parseArgs } from 'node:util';

/** How the program was called, and with what. */
export type Call = { readonly kind: 'help' } | { readonly kind: 'version' } | RenderCall;

export interface RenderCall {
  readonly kind: 'render';
  /** File that images and findings are written to. */
  readonly report: string | undefined;
  /** File with the functionConfig; undefined where a ResourceList on stdin carries it. */
  readonly config: string | undefined;
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
  const report = env.PINDRIFT_REPORT || undefined;
  const fromStdin = {
    kind: 'render',
    report,
    config: undefined,
    named: false,
    inputs: ['-'],
  } as const;
  if (args.length === 0) return fromStdin;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  if (values.help) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  const call = { ...fromStdin, report: values.report ?? report };
  const [config, ...inputs] = positionals;
  if (config === undefined) return call;
  if (inputs.length > 0) return { ...call, config, named: true, inputs };
  if (env.KUSTOMIZE_PLUGIN_CONFIG_ROOT) return { ...call, config };
  throw new Error(`name the manifests to pin after ${config}, or - for stdin; see --help`);
}

const options = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  report: { type: 'string' },
} as const;
