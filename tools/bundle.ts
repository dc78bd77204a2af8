/**
 * Bundles one program into `dist/` of the app it is run in; every app's build script calls it.
 *
 *   node ../../tools/bundle.ts pindrift-krm --node 20.19     CommonJS: starts fastest, and old Node reads it
 *   node ../../tools/bundle.ts pindrift --node 24.15         ECMAScript modules behind a launcher
 *
 * The entry is `src/main.ts` and comes out as `dist/<program>.cjs`, executable. What `import()`
 * names becomes a file of its own beside it, read only when it is needed. `dist/bundled.json`
 * lists the packages that went in, for their licences.
 */
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { type OutputChunk, type OutputOptions, type RolldownOutput, rolldown } from 'rolldown';

const ROOT = resolve(import.meta.dirname, '..');
const SHEBANG = '#!/usr/bin/env node\n';

interface Program {
  readonly name: string;
  /** The oldest Node it runs on, `major.minor`. */
  readonly node: string;
  /** The app's folder. */
  readonly folder: string;
}

/**
 * Builds beside `dist/` and then puts it in its place: a program that runs meanwhile may still have
 * files to load.
 */
export async function bundle(program: Program): Promise<void> {
  const dist = join(program.folder, 'dist');
  const made = `${dist}.${process.pid}`;
  const chunks = isOldNode(program)
    ? await write(program, made, 'cjs', program.name)
    : await bundleModules(program, made);
  const packages = [...new Set(chunks.flatMap((chunk) => chunk.moduleIds.flatMap(packageFolder)))];
  writeFileSync(join(made, 'bundled.json'), `${JSON.stringify(packages.toSorted(), null, 2)}\n`);
  chmodSync(join(made, `${program.name}.cjs`), 0o755);
  replaceFolder(dist, made);
}

function replaceFolder(folder: string, made: string): void {
  const old = `${made}.old`;
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(made, folder);
  rmSync(old, { recursive: true, force: true });
}

/** An old Node must not meet syntax it cannot parse before it is told that it is too old. */
async function bundleModules(program: Program, made: string): Promise<OutputChunk[]> {
  const chunks = await write(program, made, 'esm', `${program.name}-main`);
  writeFileSync(join(made, `${program.name}.cjs`), SHEBANG + launcher(program));
  return chunks;
}

async function write(
  program: Program,
  dir: string,
  format: 'cjs' | 'esm',
  name: string,
): Promise<OutputChunk[]> {
  const build = await rolldown({
    input: { [name]: join(program.folder, 'src/main.ts') },
    cwd: program.folder,
    platform: 'node',
    preserveEntrySignatures: false,
    transform: { target: `node${program.node}` },
    onLog: (level, log, report) => {
      // What one program needs at once another needs seldom.
      if (log.code === 'INEFFECTIVE_DYNAMIC_IMPORT') return;
      report(level === 'warn' ? 'error' : level, log);
    },
  });
  const extension = format === 'cjs' ? 'cjs' : 'mjs';
  const options: OutputOptions = {
    dir,
    format,
    entryFileNames: `[name].${extension}`,
    chunkFileNames: `${program.name}-[name].${extension}`,
    banner: (chunk) => (chunk.isEntry && format === 'cjs' ? SHEBANG.trimEnd() : ''),
    minify: true,
    comments: { legal: false },
  };
  const start = loadedAtStart(chunksOf(await build.generate(options)));
  const groups = [{ name, test: (id: string) => start.has(id) }];
  const codeSplitting = { includeDependenciesRecursively: false, groups };
  const chunks = chunksOf(await build.write({ ...options, codeSplitting }));
  await build.close();
  for (const { fileName } of chunks) toAscii(join(dir, fileName));
  return chunks;
}

/**
 * The modules that run before anything is imported lazily. They belong into one file; left to itself
 * the bundler puts those that lazy modules use too into files of their own, and each costs a start.
 */
function loadedAtStart(chunks: readonly OutputChunk[]): ReadonlySet<string> {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const loaded = new Set(chunks.filter((chunk) => chunk.isEntry));
  for (const { imports } of loaded) {
    for (const name of imports) {
      const chunk = byName.get(name);
      if (chunk !== undefined) loaded.add(chunk);
    }
  }
  return new Set([...loaded].flatMap((chunk) => chunk.moduleIds));
}

function chunksOf({ output }: RolldownOutput): OutputChunk[] {
  return output.filter((part) => part.type === 'chunk');
}

function launcher({ name, node }: Program): string {
  const [major, minor] = node.split('.');
  return `'use strict';
var version = process.versions.node.split('.').map(Number);
if (version[0] < ${major} || (version[0] === ${major} && version[1] < ${minor})) {
  process.stderr.write('${name} needs Node ${node} or newer; this is ' + process.version + '\\n');
  process.exitCode = 2;
} else {
  import('./${name}-main.mjs');
}
`;
}

function isOldNode({ node }: Program): boolean {
  return Number(node.split('.')[0]) < 24;
}

/**
 * One character above U+00FF makes V8 keep and read the whole file as two bytes a character. All of
 * them stand in strings, templates and expressions, where the escape means the same.
 */
function toAscii(file: string): void {
  const escaped = (unit: string): string =>
    `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/[^\0-\x7f]/g, escaped));
}

/** `node_modules/js-yaml` for a module of that package; nothing for a module of ours. */
function packageFolder(moduleId: string): string[] {
  const parts = relative(ROOT, moduleId).split(sep);
  const at = parts.lastIndexOf('node_modules');
  if (at === -1) {
    return [];
  }
  const length = parts[at + 1]?.startsWith('@') ? 3 : 2;
  return [parts.slice(0, at + length).join('/')];
}

if (import.meta.main) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { node: { type: 'string' } },
  });
  const [name] = positionals;
  if (name === undefined || values.node === undefined) {
    throw new Error('usage: bundle.ts PROGRAM --node MAJOR.MINOR');
  }
  await bundle({ name, node: values.node, folder: process.cwd() });
  const entry = join(process.cwd(), 'dist', `${name}.cjs`);
  console.log(`${relative(ROOT, entry)} ${readFileSync(entry).length} bytes (${dirname(entry)})`);
}
