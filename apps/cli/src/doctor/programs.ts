import semver from 'semver';
import type { Io } from '../io.ts';
import type { Check } from './check.ts';
import { checkHelmPlugin } from './helm-plugin.ts';
import { programOutput } from './program-output.ts';

/** A limit of a program that matters to Pindrift, and the versions that have it. */
interface Limit {
  /** A range of versions, as npm writes them. */
  readonly versions: string;
  readonly text: string;
  /** It fails, rather than having to be known. */
  readonly fails?: true;
}

interface KnownProgram {
  readonly name: string;
  /** Arguments that make it print its version without a cluster or a network. */
  readonly versionOf: readonly string[];
  readonly limits: readonly Limit[];
}

/** What was tried with each program; `docs/` says more about each. */
const PROGRAMS: readonly KnownProgram[] = [
  {
    name: 'kustomize',
    versionOf: ['version'],
    limits: [
      {
        versions: '*',
        text: 'needs --enable-alpha-plugins --enable-exec; without --enable-exec it skips the function and says nothing, so check what it renders',
      },
      {
        versions: '<5.0.0',
        text: 'runs functions of a base in the wrong folder; take 5.0.0 or newer',
        fails: true,
      },
      { versions: '<5.7.0', text: 'refuses args and envs in the function annotation' },
      { versions: '<5.4.0', text: '`edit set image` cannot read name:tag@digest' },
    ],
  },
  {
    name: 'kubectl',
    versionOf: ['version', '--client'],
    limits: [
      {
        versions: '*',
        text: '`kubectl kustomize` has no --enable-exec and skips the function silently; `apply -k` refuses it: use kustomize, or `pindrift export --to kustomize`',
      },
    ],
  },
  {
    name: 'helm',
    versionOf: ['version', '--short'],
    limits: [
      {
        versions: '3.x',
        text: '--post-renderer pindrift-helm; hooks and tests are not sent to it, and with --output-dir nothing is',
      },
      { versions: '<3.1.0', text: 'has no --post-renderer; take 3.1.0 or newer', fails: true },
      {
        versions: '>=4.0.0',
        text: 'a post-renderer is a plugin: --post-renderer pindrift-helm; Helm hides its messages, so set PINDRIFT_REPORT',
      },
      {
        versions: '>=4.0.0 <4.2.0',
        text: 'breaks values that contain a line of dashes (fixed in 4.2.0)',
      },
    ],
  },
  {
    name: 'kpt',
    versionOf: ['version'],
    limits: [
      {
        versions: '*',
        text: 'needs --allow-exec for `fn render`; reformats files on its own, whatever a function does; stops a function after 5 minutes',
      },
    ],
  },
  { name: 'git', versionOf: ['--version'], limits: [] },
  { name: 'pindrift-krm', versionOf: ['--version'], limits: [] },
  { name: 'pindrift-helm', versionOf: ['--version'], limits: [] },
];

/** What is needed by everything but the two render entries. */
const OLDEST_NODE = '24.15.0';

/** Node, and each program that Pindrift works with: whether it is on PATH, which version, its limits. */
export async function checkPrograms(io: Io): Promise<Check[]> {
  const checks = await Promise.all(PROGRAMS.map((program) => checkProgram(program, io)));
  const helm = checks.find(({ name }) => name === 'helm');
  return [checkNode(), ...checks, ...(await checkHelmPlugin(helm, io))];
}

function checkNode(): Check {
  const { version } = process;
  const old = semver.lt(version, OLDEST_NODE);
  return {
    area: 'program',
    name: 'node',
    status: old ? 'problem' : 'fine',
    found: version,
    notes: old ? [`Pindrift needs ${OLDEST_NODE} or newer (the two render entries 20.19)`] : [],
  };
}

async function checkProgram({ name, versionOf, limits }: KnownProgram, io: Io): Promise<Check> {
  const said = await programOutput(name, versionOf, io);
  const about = { area: 'program', name } as const;
  if (said === undefined) return { ...about, status: 'missing', found: 'not on PATH', notes: [] };
  const version = semver.coerce(said.stdout + said.stderr, { includePrerelease: true });
  if (version === null) {
    const notes = [`\`${[name, ...versionOf].join(' ')}\` does not print a version`];
    return { ...about, status: 'note', found: 'unknown version', notes };
  }
  const met = limits.filter((limit) =>
    semver.satisfies(version, limit.versions, { includePrerelease: true }),
  );
  const failing = met.some(({ fails }) => fails === true);
  const status = failing ? 'problem' : met.length > 0 ? 'note' : 'fine';
  return { ...about, status, found: version.version, notes: met.map(({ text }) => text) };
}
