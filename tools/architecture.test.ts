import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Lowest first: a project may depend only on those before it, and apps never on apps. */
const ORDER = [
  'testing',
  'reference',
  'documents',
  'registry',
  'verify',
  'pin',
  'forge',
  'scan',
  'report',
  'apps',
];

/** Edges that the order would allow and the design forbids. */
const FORBIDDEN: Readonly<Record<string, readonly string[]>> = {
  registry: ['documents'],
  forge: ['reference', 'documents', 'registry', 'verify', 'pin'],
};

const ROOT = resolve(import.meta.dirname, '..');
/** Modules and folders that would take in anything. */
const DUMPING_GROUND = /^(utils?|common|shared|types|errors?|helpers?|misc)(\.ts)?$/;

interface Project {
  readonly folder: string;
  readonly name: string;
  readonly layer: string;
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
}

const projects = ['packages', 'apps'].flatMap(readProjects);
const byName = new Map(projects.map((project) => [project.name, project]));

describe('the house', () => {
  test('has projects', () => {
    expect(projects.length).toBeGreaterThan(8);
  });

  for (const project of projects) {
    describe(project.folder, () => {
      const sources = sourceFiles(join(ROOT, project.folder));

      test('depends only on projects below it', () => {
        for (const dependency of workspaceNames(project.dependencies)) {
          expect.soft(allowed(project, dependency), `${project.name} -> ${dependency}`).toBe(true);
        }
      });

      test('imports by package name, never by reaching into another folder', () => {
        for (const [file, target] of imports(sources)) {
          if (target.startsWith('.')) {
            const inside = relative(join(ROOT, project.folder), resolve(dirname(file), target));
            expect.soft(inside.startsWith('..'), `${relative(ROOT, file)}: ${target}`).toBe(false);
          }
        }
      });

      test('declares what it imports, and ships nothing that only tests may use', () => {
        for (const [file, target] of imports(sources)) {
          const name = packageName(target);
          if (name === undefined) {
            continue;
          }
          const declared = isTest(file)
            ? [
                project.name,
                ...project.dependencies,
                ...project.devDependencies,
                'vitest',
                'fast-check',
              ]
            : project.dependencies;
          const known = declared.includes(name) || (isBuild(file) && name === 'rolldown');
          expect.soft(known, `${relative(ROOT, file)} imports ${name}`).toBe(true);
        }
      });

      test('names its workspace dependencies in tsconfig.json, and no others', () => {
        const config = readJson(join(ROOT, project.folder, 'tsconfig.json'));
        const references = (config.references as { path: string }[] | undefined) ?? [];
        const actual = references.map(({ path }) =>
          relative(ROOT, join(ROOT, project.folder, path)),
        );
        const wanted = workspaceNames([...project.dependencies, ...project.devDependencies]).map(
          (name) => byName.get(name)?.folder,
        );
        expect(actual.toSorted()).toEqual(wanted.toSorted());
      });

      test('has no dumping-ground module', () => {
        for (const file of sources) {
          for (const part of relative(join(ROOT, project.folder), file).split('/')) {
            expect.soft(DUMPING_GROUND.test(part), relative(ROOT, file)).toBe(false);
          }
        }
      });

      test('has a one-page README, and an index that only re-exports', () => {
        const readme = join(ROOT, project.folder, 'README.md');
        expect(existsSync(readme), 'README.md').toBe(true);
        expect(readFileSync(readme, 'utf8').split('\n').length).toBeLessThanOrEqual(120);
        for (const index of indexes(project)) {
          const text = readFileSync(index, 'utf8');
          expect(
            /^(export (type )?\{[^}]*\} from '[^']+';\s*|\/\*\*[\s\S]*?\*\/\s*)*$/.test(text),
          ).toBe(true);
        }
      });

      test('names in its README every value that its index exports', () => {
        const readme = readFileSync(join(ROOT, project.folder, 'README.md'), 'utf8');
        const texts = indexes(project).map((index) => readFileSync(index, 'utf8'));
        for (const name of texts.flatMap(exportedValues)) {
          expect.soft(new RegExp(`\\b${name}\\b`).test(readme), name).toBe(true);
        }
      });
    });
  }
});

describe('the budgets', () => {
  test('are held by the linter', () => {
    const { linter } = readJson(join(ROOT, 'biome.json')) as { linter: { rules: Rules } };
    expect(linter.rules.style.noExcessiveLinesPerFile).toMatchObject({
      level: 'error',
      options: { maxLines: 250 },
    });
    expect(linter.rules.complexity.noExcessiveLinesPerFunction).toMatchObject({
      level: 'error',
      options: { maxLines: 40 },
    });
  });
});

type Rules = Record<'style' | 'complexity', Record<string, unknown>>;

function allowed(project: Project, dependency: string): boolean {
  const target = byName.get(dependency);
  if (target === undefined) {
    return false;
  }
  const below = ORDER.indexOf(target.layer) < ORDER.indexOf(project.layer);
  const forbidden = FORBIDDEN[project.layer]?.includes(target.layer) ?? false;
  return below && !forbidden && target.layer !== 'testing';
}

/** The doors of a package: every `index.ts` that its `exports` names. */
function indexes(project: Project): string[] {
  const manifest = readJson(join(ROOT, project.folder, 'package.json'));
  return Object.values((manifest.exports as Record<string, string> | undefined) ?? {})
    .filter((file) => file.endsWith('/index.ts'))
    .map((file) => join(ROOT, project.folder, file))
    .filter((file) => existsSync(file));
}

function readProjects(group: string): Project[] {
  return readdirSync(join(ROOT, group)).map((entry) => {
    const manifest = readJson(join(ROOT, group, entry, 'package.json'));
    return {
      folder: `${group}/${entry}`,
      name: String(manifest.name),
      layer: group === 'apps' ? 'apps' : entry,
      dependencies: Object.keys((manifest.dependencies as object | undefined) ?? {}),
      devDependencies: Object.keys((manifest.devDependencies as object | undefined) ?? {}),
    };
  });
}

function workspaceNames(names: readonly string[]): string[] {
  return names.filter((name) => name.startsWith('@pindrift/'));
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => !/(^|\/)(node_modules|dist|\.types|testdata)\//.test(file))
    .map((file) => join(folder, file));
}

/** Every `import … from 'x'`, `export … from 'x'` and `import('x')` as pairs of file and target. */
function imports(files: readonly string[]): [string, string][] {
  return files.flatMap((file) => {
    const text = readFileSync(file, 'utf8').replaceAll(/^\s*(\/\/|\*).*$/gm, '');
    const found = text.matchAll(
      /^(?:import|export)\s[^;]*?\bfrom\s+'([^'\n]+)'|\bimport\(\s*'([^'\n]+)'|^import\s+'([^'\n]+)'/gm,
    );
    return [...found].map((match): [string, string] => [
      file,
      match[1] ?? match[2] ?? match[3] ?? '',
    ]);
  });
}

/** The names of `export { a, type B } from './c.ts'` that are no types. */
function exportedValues(index: string): string[] {
  const lists = [...index.matchAll(/^export \{([^}]*)\}/gm)].map(([, names = '']) => names);
  return lists
    .flatMap((names) => names.split(',').map((name) => name.trim()))
    .filter((name) => name !== '' && !name.startsWith('type '));
}

function packageName(target: string): string | undefined {
  if (target.startsWith('.') || target.startsWith('node:')) {
    return undefined;
  }
  const [scope = '', name = ''] = target.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

function isTest(file: string): boolean {
  return file.endsWith('.test.ts') || file.includes('/testing/');
}

function isBuild(file: string): boolean {
  return /\/(build|rolldown\.config)\.ts$/.test(file);
}

function readJson(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}
