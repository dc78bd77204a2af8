import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');

const SOURCES = {
  pindrift: 'apps/cli/src/main.ts',
  'pindrift-krm': 'apps/kustomize/src/main.ts',
  'pindrift-helm': 'apps/helm/src/main.ts',
  'pindrift-scanner': 'apps/scanner/src/main.ts',
} as const;

/** Helm 4 runs a post-renderer as a plugin; this one is laid out like the one that is packed. */
const PLUGIN = `apiVersion: v1
type: postrenderer/v1
name: pindrift-helm
version: 0.0.0
runtime: subprocess
runtimeConfig:
  platformCommand:
  - command: \${HELM_PLUGIN_DIR}/pindrift-helm
`;

/**
 * Makes `bin` for PATH with our programs under their own names, run from source by this Node, and
 * `pindrift-helm-plugin` for `helm plugin install`, in a folder. Nothing has to be built for it.
 */
export function layOutOurPrograms(folder: string): void {
  for (const [name, source] of Object.entries(SOURCES)) script(join(folder, 'bin'), name, source);
  const plugin = join(folder, 'pindrift-helm-plugin');
  script(plugin, 'pindrift-helm', SOURCES['pindrift-helm']);
  writeFileSync(join(plugin, 'plugin.yaml'), PLUGIN);
}

function script(folder: string, name: string, source: string): void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, source)}' "$@"\n`);
  chmodSync(path, 0o755);
}
