import { createRegistry } from '@pindrift/registry';
import { startRegistry, type TestRegistry, temporaryFolder } from '@pindrift/testing';
import { openStore, type ScanConfig, type ScanOptions, type ScanReport, scan } from '../index.ts';

/** A folder of manifests, a registry, and scans on days of a calendar of their own. */
export interface Fleet extends AsyncDisposable {
  readonly path: string;
  readonly registry: TestRegistry;
  write(name: string, content: string | Uint8Array): Promise<string>;
  /** Scans `k8s` on that day at three in the morning, with the store of this fleet. */
  night(day: number, config?: Partial<ScanConfig>, options?: Partial<ScanOptions>): Promise<Night>;
}

export interface Night extends ScanReport {
  /** `web.yaml:8 stale`, in the order of the report. */
  readonly said: readonly string[];
  /** `HEAD shop/web:1`, sorted. */
  readonly requests: readonly string[];
}

const DAY = 24 * 60 * 60 * 1000;

/** The first night. */
export const START: number = Date.parse('2026-11-01T03:00:00Z');

/** Makes an empty fleet; use it with `await using`. */
export async function startFleet(): Promise<Fleet> {
  const folder = await temporaryFolder();
  const registry = await startRegistry();
  return {
    path: folder.path,
    registry,
    write: (name, content) => folder.write(`k8s/${name}`, content),
    night: async (day, config = {}, options = {}) => {
      const store = openStore(`${folder.path}/store.sqlite`);
      const client = openClient();
      registry.forget();
      try {
        const report = await scan(
          { sources: ['k8s'], ...config },
          { registry: client, store, cwd: folder.path, now: () => START + day * DAY, ...options },
        );
        return { ...report, said: said(report), requests: requestsOf(registry) };
      } finally {
        store.close();
        await client.close();
      }
    },
    async [Symbol.asyncDispose]() {
      await registry.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** A client that knows nothing of the machine it runs on and never really waits. */
export function openClient(): ReturnType<typeof createRegistry> {
  let waited = 0;
  return createRegistry({
    environment: {},
    home: '/nonexistent',
    clock: {
      now: () => START + waited,
      sleep: async (ms) => {
        waited += ms;
      },
      random: () => 0.5,
    },
  });
}

/** A Pod whose containers run these images, one line each from line 8 on. */
export function pod(...images: readonly string[]): string {
  const containers = images.map((image, at) => `  - image: ${image}\n    name: c${at}\n`);
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  # The images:\n  containers:\n${containers.join('')}`;
}

function said({ findings }: ScanReport): string[] {
  return findings.map(({ file, line, code }) => `${file.replace(/^k8s\//, '')}:${line} ${code}`);
}

function requestsOf({ requests }: TestRegistry): string[] {
  return requests
    .map(({ method, path }) =>
      `${method} ${path}`
        .replace('/v2/', '')
        .replace(/\/manifests\/(?=sha)/, '@')
        .replace('/manifests/', ':'),
    )
    .sort();
}
