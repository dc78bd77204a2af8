import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { run, workFolder } from '@pindrift/testing/programs';
import { EXAMPLES } from '../example-list.ts';
import { type ExampleRegistry, exampleImage } from '../example-registry.ts';
import { layOutOurPrograms } from '../our-programs.ts';
import { readSteps, type Step } from './page.ts';

export interface PlayOptions {
  readonly world: ExampleRegistry;
  /** Paths of the real programs that the page needs, by name: `helm3`, `kustomize`. */
  readonly programs: Readonly<Record<string, string>>;
}

/**
 * Plays a page in a folder of its own, every session in the folder that the steps before it left, and
 * returns the page with what its commands print now.
 */
export async function playPage(page: string, options: PlayOptions): Promise<string> {
  const stage = openStage(options);
  const parts: string[] = [];
  let written = 0;
  for (const { step, start, end } of readSteps(page)) {
    const printed = await play(step, stage, options.world);
    if (printed === undefined) continue;
    parts.push(page.slice(written, start), printed);
    written = end;
  }
  return parts.join('') + page.slice(written);
}

interface Stage {
  /** Holds programs and examples. */
  readonly folder: string;
  /** Where the reader stands. */
  cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

function openStage({ world, programs }: PlayOptions): Stage {
  const folder = workFolder({ 'home/you/shop/.git/HEAD': 'ref: refs/heads/main\n' });
  layOutOurPrograms(folder);
  cpSync(EXAMPLES, join(folder, 'home/you/pindrift/examples'), { recursive: true });
  for (const [name, path] of Object.entries(programs)) {
    const helm = name === 'helm3' || name === 'helm4';
    const link = join(folder, helm ? name : 'real', helm ? 'helm' : name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(path, link);
  }
  packPlugin(folder);
  return {
    folder,
    cwd: join(folder, 'home/you/shop'),
    env: { ...world.env, HOME: join(folder, 'home/you') },
  };
}

/** Where `npm run pack` leaves it in a clone, which is `~/pindrift`. */
function packPlugin(folder: string): void {
  const dist = join(folder, 'home/you/pindrift/dist');
  mkdirSync(dist, { recursive: true });
  const archive = join(dist, 'pindrift-helm-plugin-0.1.0.tgz');
  execFileSync('tar', ['-czf', archive, '-C', folder, 'pindrift-helm-plugin']);
}

async function play(step: Step, stage: Stage, world: ExampleRegistry): Promise<string | undefined> {
  switch (step.kind) {
    case 'file':
      write(join(stage.cwd, step.path), step.content);
      return undefined;
    case 'enter':
      stage.cwd = join(stage.folder, 'home/you/pindrift/examples', step.example);
      return undefined;
    case 'move':
      push(step.name, world);
      return undefined;
    case 'run':
      await playSession([step.command], 'helm4', stage);
      return undefined;
    case 'session':
      return await playSession(step.commands, step.helm, stage);
  }
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function push(name: string, { registry }: ExampleRegistry): void {
  const [repository = '', tag = ''] = name.split(':');
  registry.move(repository, tag, exampleImage(name, 2));
}

/** Ends the output of each command; no program prints it. */
const MARK = '\u0001';

async function playSession(
  commands: readonly string[],
  helm: 'helm3' | 'helm4',
  { folder, cwd, env }: Stage,
): Promise<string> {
  const script = commands.map(
    (command) => `${command}\n{ __code=$?; printf '${MARK}'; } 2>&1; (exit $__code)`,
  );
  const { stdout } = await run('bash', ['-c', `exec 2>&1\n${script.join('\n')}`], {
    cwd,
    env: {
      ...env,
      ...helmHome(join(folder, `${helm}-home`)),
      PATH: [join(folder, 'bin'), join(folder, helm), join(folder, 'real'), process.env.PATH].join(
        delimiter,
      ),
      NO_COLOR: '1',
      FORCE_COLOR: undefined,
    },
  });
  const printed = stdout.toString().split(MARK);
  return commands.map((command, at) => shown(command, settled(printed[at] ?? '', folder))).join('');
}

/** The two versions of Helm must not see each other's plugins. */
function helmHome(folder: string): Record<string, string> {
  return {
    HELM_DATA_HOME: join(folder, 'data'),
    HELM_CONFIG_HOME: join(folder, 'config'),
    HELM_CACHE_HOME: join(folder, 'cache'),
    HELM_PLUGINS: join(folder, 'data/plugins'),
  };
}

function shown(command: string, output: string): string {
  const typed = `$ ${command.replaceAll('\n', '\n> ')}\n`;
  return `${typed}${output}${output === '' || output.endsWith('\n') ? '' : '\n'}`;
}

/** What differs from run to run is always written in the same way. */
function settled(output: string, folder: string): string {
  return output
    .replaceAll(join(folder, 'home'), '/home')
    .replaceAll(join(folder, 'bin'), '/usr/local/bin')
    .replaceAll(/"time":"[^"]+"/g, '"time":"2026-11-21T03:15:00.000Z"')
    .replaceAll(/ in \d+(?:\.\d+)?m?s$/gm, ' in 0.2s');
}
