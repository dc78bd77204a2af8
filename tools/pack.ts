/**
 * Makes what people install, from what `npm run build` left in each app's `dist/`:
 *
 *   dist/pindrift-<version>.tgz               npm install -g ./dist/…: the four commands, no dependencies
 *   dist/pindrift-helm-plugin-<version>.tgz   helm plugin install (Helm 4)
 *
 * The same sources give the same bytes. `--out FOLDER` puts them elsewhere.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { pack as tar } from 'tar-stream';

const ROOT = resolve(import.meta.dirname, '..');

/** Every program in the tarball, and the app that it comes from. */
export const PROGRAMS = {
  pindrift: 'cli',
  'pindrift-krm': 'kustomize',
  'pindrift-helm': 'helm',
  'pindrift-scanner': 'scanner',
} as const;

const DOCUMENTS = ['README.md', 'LICENSE', 'CHANGELOG.md'];

export interface Packed {
  readonly npm: string;
  readonly helmPlugin: string;
}

/** Writes both tarballs into a folder and returns their paths. */
export async function packAll(out: string): Promise<Packed> {
  const staging = mkdtempSync(join(tmpdir(), 'pindrift-pack-'));
  try {
    mkdirSync(out, { recursive: true });
    return {
      npm: packNpm(join(staging, 'pindrift'), out),
      helmPlugin: await packHelmPlugin(out),
    };
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function packNpm(folder: string, out: string): string {
  for (const [program, app] of Object.entries(PROGRAMS)) {
    copyProgram(program, app, join(folder, 'dist', program));
  }
  for (const name of DOCUMENTS) {
    cpSync(existing(join(ROOT, name)), join(folder, name));
  }
  copySchemas(join(folder, 'schemas'));
  writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.md'), notices(Object.values(PROGRAMS)));
  const manifest = `${JSON.stringify(publishedManifest(), null, 2)}\n`;
  writeFileSync(join(folder, 'package.json'), manifest);
  const said = execFileSync('npm', ['pack', folder, '--json', '--pack-destination', out], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ filename }] = JSON.parse(said) as [{ filename: string }];
  return join(out, filename);
}

function publishedManifest(): Record<string, unknown> {
  const { version, description, license } = readJson(join(ROOT, 'package.json'));
  const bin = Object.keys(PROGRAMS).map((program) => [program, `dist/${program}/${program}.cjs`]);
  return {
    name: 'pindrift',
    version,
    description,
    license,
    engines: { node: '>=20.19' },
    bin: Object.fromEntries(bin),
  };
}

async function packHelmPlugin(out: string): Promise<string> {
  const plugin = existing(join(ROOT, 'apps/helm/dist/plugin'));
  // Helm 4 looks for a folder that is called as the file is, without the version.
  const archive = tar();
  const files = readdirSync(plugin, { recursive: true, encoding: 'utf8' })
    .map((name) => join(plugin, name))
    .filter((file) => statSync(file).isFile())
    .toSorted();
  for (const file of files) {
    archive.entry(
      header(`pindrift-helm-plugin/${relative(plugin, file)}`, file),
      readFileSync(file),
    );
  }
  const licence = Buffer.from(
    `${readFileSync(join(ROOT, 'LICENSE'), 'utf8')}\n${notices(['helm'])}`,
  );
  archive.entry({ ...header('pindrift-helm-plugin/LICENSE'), mode: 0o644 }, licence);
  archive.finalize();
  const { version } = readJson(join(ROOT, 'package.json'));
  const target = join(out, `pindrift-helm-plugin-${String(version)}.tgz`);
  writeFileSync(target, gzipSync(await buffer(archive), { level: 9 }));
  return target;
}

/** Neither owner nor time of the machine it was made on. */
function header(name: string, file?: string): { name: string; mode: number; mtime: Date } {
  const executable = file !== undefined && (statSync(file).mode & 0o111) !== 0;
  return { name, mode: executable ? 0o755 : 0o644, mtime: new Date(0) };
}

function copyProgram(program: string, app: string, target: string): void {
  const dist = existing(join(ROOT, 'apps', app, 'dist'));
  existing(join(dist, `${program}.cjs`));
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(dist)) {
    if (name !== 'bundled.json' && name !== 'plugin') {
      cpSync(join(dist, name), join(target, name), { recursive: true });
    }
  }
}

function copySchemas(target: string): void {
  for (const group of ['packages', 'apps']) {
    for (const project of readdirSync(join(ROOT, group))) {
      const schemas = join(ROOT, group, project, 'schemas');
      if (existsSync(schemas)) {
        cpSync(schemas, join(target, project), { recursive: true });
      }
    }
  }
}

/** The licence texts of the packages that were bundled into these apps. */
function notices(apps: readonly string[]): string {
  const folders = apps.flatMap(
    (app) =>
      JSON.parse(readFileSync(join(ROOT, 'apps', app, 'dist/bundled.json'), 'utf8')) as string[],
  );
  const parts = [...new Set(folders)].toSorted().map(notice);
  return `# Packages bundled into these programs\n\n${parts.join('\n')}`;
}

function notice(folder: string): string {
  const { name, version, license } = readJson(join(ROOT, folder, 'package.json'));
  const file = readdirSync(join(ROOT, folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) {
    throw new Error(`${folder} has no licence file to pass on`);
  }
  const text = readFileSync(join(ROOT, folder, file), 'utf8').trim();
  return `## ${String(name)} ${String(version)} (${String(license)})\n\n${text}\n`;
}

function existing(path: string): string {
  if (!existsSync(path)) {
    throw new Error(`${relative(ROOT, path)} is missing: run 'npm run build' first`);
  }
  return path;
}

function readJson(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  const { npm, helmPlugin } = await packAll(resolve(values.out ?? join(ROOT, 'dist')));
  console.log(`${npm}\n${helmPlugin}`);
}
