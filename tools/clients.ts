/**
 * The real programs that `npm run test:clients` and `npm run bench` run against, one table.
 *
 * `node tools/clients.ts` installs what is missing: Go programs with `go install` into a cached
 * folder, Debian packages with apt-get (as root only). It exits 2 and says what to do when a
 * program cannot be had; a test that needs one must fail, not skip.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

interface GoClient {
  readonly from: 'go';
  readonly version: string;
  readonly module: string;
  readonly binary: string;
}

interface DebianClient {
  readonly from: 'debian';
  readonly package: string;
  readonly binary: string;
}

interface PathClient {
  readonly from: 'path';
  readonly binary: string;
  readonly help: string;
}

export type Client = GoClient | DebianClient | PathClient;

export type ClientName =
  | 'kustomize'
  | 'helm3'
  | 'helm4'
  | 'crane'
  | 'registry'
  | 'kubeconform'
  | 'docker-registry'
  | 'skopeo'
  | 'htpasswd'
  | 'kubectl'
  | 'kpt';

/** Every real program, by the name that tests use. */
export const CLIENTS: Readonly<Record<ClientName, Client>> = {
  kustomize: go('v5.8.1', 'sigs.k8s.io/kustomize/kustomize/v5', 'kustomize'),
  helm3: go('v3.21.4', 'helm.sh/helm/v3/cmd/helm', 'helm'),
  helm4: go('v4.2.4', 'helm.sh/helm/v4/cmd/helm', 'helm'),
  crane: go('v0.21.9', 'github.com/google/go-containerregistry/cmd/crane', 'crane'),
  registry: go('v3.1.1', 'github.com/distribution/distribution/v3/cmd/registry', 'registry'),
  kubeconform: go('v0.7.0', 'github.com/yannh/kubeconform/cmd/kubeconform', 'kubeconform'),
  'docker-registry': debian('docker-registry', 'docker-registry'),
  skopeo: debian('skopeo', 'skopeo'),
  htpasswd: debian('apache2-utils', 'htpasswd'),
  kubectl: path('kubectl', 'https://kubernetes.io/docs/tasks/tools/'),
  kpt: path('kpt', 'https://kpt.dev/installation/'),
};

/** The folder that Go programs are installed into; `PINDRIFT_CLIENTS` moves it. */
export function clientsFolder(): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return process.env.PINDRIFT_CLIENTS || join(cache, 'pindrift', 'clients');
}

/** Absolute path of the program, or undefined when it is not installed. */
export function findClient(name: ClientName): string | undefined {
  const client = CLIENTS[name];
  return client.from === 'go' ? existing(goPath(name, client)) : onPath(client.binary);
}

/** Absolute path of the program; throws an error that says how to install it. */
export function requireClient(name: ClientName): string {
  const found = findClient(name);
  if (found === undefined) {
    throw new Error(`${name} is not installed: run 'node tools/clients.ts' (${source(name)})`);
  }
  return found;
}

function main(): void {
  const missing = names().filter((name) => findClient(name) === undefined);
  installDebian(missing);
  for (const name of missing) {
    installGo(name);
  }
  const absent = names().filter((name) => findClient(name) === undefined);
  for (const name of names()) {
    console.log(`${name.padEnd(16)} ${findClient(name) ?? `MISSING: ${source(name)}`}`);
  }
  process.exitCode = absent.length > 0 ? 2 : 0;
}

function names(): ClientName[] {
  return Object.keys(CLIENTS) as ClientName[];
}

function installDebian(missing: readonly ClientName[]): void {
  const packages = missing.flatMap((name) => {
    const client = CLIENTS[name];
    return client.from === 'debian' ? [client.package] : [];
  });
  if (packages.length === 0 || onPath('apt-get') === undefined) {
    return;
  }
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
  spawnSync('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...packages], {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function installGo(name: ClientName): void {
  const client = CLIENTS[name];
  if (client.from !== 'go' || onPath('go') === undefined) {
    return;
  }
  const folder = join(clientsFolder(), `${name}-${client.version}`);
  const building = `${folder}.${process.pid}`;
  mkdirSync(building, { recursive: true });
  console.log(`go install ${client.module}@${client.version}`);
  execFileSync('go', ['install', `${client.module}@${client.version}`], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, GOBIN: building },
  });
  renameSync(building, folder);
}

function goPath(name: ClientName, client: GoClient): string {
  return join(clientsFolder(), `${name}-${client.version}`, client.binary);
}

function onPath(binary: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'];
  return folders.map((folder) => existing(join(folder, binary))).find((found) => found);
}

function existing(file: string): string | undefined {
  return existsSync(file) ? file : undefined;
}

function source(name: ClientName): string {
  const client = CLIENTS[name];
  if (client.from === 'go') {
    return `go install ${client.module}@${client.version}`;
  }
  return client.from === 'debian' ? `apt-get install ${client.package}` : client.help;
}

function go(version: string, module: string, binary: string): GoClient {
  return { from: 'go', version, module, binary };
}

function debian(name: string, binary: string): DebianClient {
  return { from: 'debian', package: name, binary };
}

function path(binary: string, help: string): PathClient {
  return { from: 'path', binary, help };
}

if (import.meta.main) {
  main();
}
