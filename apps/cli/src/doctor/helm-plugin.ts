import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { readPlain } from '@pindrift/pin/config';
import semver from 'semver';
import type { Io } from '../io.ts';
import type { Check } from './check.ts';
import { programOutput } from './program-output.ts';

const NAME = 'pindrift-helm';

const SHARED =
  'Helm 3 reads the same folder by default, and complains about this plugin on every command: set HELM_PLUGINS to another folder for one of them';

/** A folder in which our plugin is, or seems to be. */
interface Installed {
  readonly folder: string;
  /** `plugin.yaml` as it reads; undefined where it cannot be read. */
  readonly yaml: PluginYaml | undefined;
}

interface PluginYaml {
  readonly apiVersion?: unknown;
  readonly name?: unknown;
  readonly version?: unknown;
  readonly runtimeConfig?: { readonly platformCommand?: readonly { readonly command?: unknown }[] };
}

/**
 * Whether this Helm 4 can use our post-renderer, or this Helm 3 stumbles over it; `helm` is what was
 * found out about the program. Nothing where there is nothing to say.
 */
export async function checkHelmPlugin(helm: Check | undefined, io: Io): Promise<Check[]> {
  const major = semver.parse(helm?.found)?.major;
  if (major === undefined || major < 3) return [];
  const folders = await pluginFolders(io);
  const installed = (await Promise.all(folders.map(pluginsIn))).flat();
  const [plugin] = installed;
  if (major === 3) return plugin?.yaml?.apiVersion === 'v1' ? [disturbed(plugin)] : [];
  return [plugin === undefined ? missing(folders, io) : await usable(plugin, io)];
}

/** The folders in which this Helm looks for plugins; Helm 3 and 4 have the same default. */
async function pluginFolders(io: Io): Promise<string[]> {
  const said = await programOutput('helm', ['env', 'HELM_PLUGINS'], io);
  return (said?.stdout.trim() ?? '').split(delimiter).filter((folder) => folder !== '');
}

async function pluginsIn(folder: string): Promise<Installed[]> {
  const folders = namesIn(folder).map((name) => join(folder, name));
  const all = await Promise.all(folders.map(readPlugin));
  return all.flatMap((plugin) => plugin ?? []);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

async function readPlugin(folder: string): Promise<Installed | undefined> {
  const ours = basename(folder) === NAME;
  const file = join(folder, 'plugin.yaml');
  if (!existsSync(file)) return undefined;
  try {
    const value = await readPlain(readFileSync(file, 'utf8'), file, 'bad-format');
    const yaml = (value ?? {}) as PluginYaml;
    return ours || yaml.name === NAME ? { folder, yaml } : undefined;
  } catch {
    return ours ? { folder, yaml: undefined } : undefined;
  }
}

function missing(folders: readonly string[], { env }: Io): Check {
  const notes = ['helm plugin install --verify=false pindrift-helm-plugin-VERSION.tgz'];
  if (env.HELM_PLUGINS) {
    notes.push('Helm installs from a folder into its data folder, whatever HELM_PLUGINS says');
  }
  return check('missing', `not in ${folders.join(', ') || 'any folder of plugins'}`, notes);
}

function disturbed({ folder }: Installed): Check {
  return check('problem', `a plugin for Helm 4 in ${folder}`, [
    'this Helm 3 cannot read it: `helm plugin list` fails, and every other command complains',
    'Helm 3 needs no plugin: move the folder to one that HELM_PLUGINS names for Helm 4 alone',
  ]);
}

/** Helm's own list is what counts: it leaves out, with a warning, what it cannot read. */
async function usable({ folder, yaml }: Installed, io: Io): Promise<Check> {
  const list = await programOutput('helm', ['plugin', 'list'], io);
  const listed = list?.stdout.split('\n').some((line) => line.split(/\s/)[0] === NAME) ?? false;
  const reinstall = `remove ${folder} and install the plugin again`;
  if (!listed) {
    const reason = list?.stderr
      .trim()
      .split('\n')
      .find((line) => line.includes(folder));
    const notes = [...(reason === undefined ? [] : [reason]), reinstall];
    return check('problem', `in ${folder}, and Helm does not load it`, notes);
  }
  const absent = programsOf(yaml, folder).find((file) => !existsSync(file));
  if (absent !== undefined)
    return check('problem', `its program ${absent} is not there`, [reinstall]);
  return check('note', `${String(yaml?.version)} in ${folder}`, [SHARED]);
}

/** The files inside the plugin that its commands name. */
function programsOf(yaml: PluginYaml | undefined, folder: string): string[] {
  const commands = yaml?.runtimeConfig?.platformCommand ?? [];
  return commands.flatMap(({ command }) =>
    String(command)
      .split(' ')
      .filter((word) => word.startsWith(PLUGIN_DIR))
      .map((word) => join(folder, word.slice(PLUGIN_DIR.length))),
  );
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: this is how Helm writes it
const PLUGIN_DIR = '${HELM_PLUGIN_DIR}';

function check(status: Check['status'], found: string, notes: readonly string[]): Check {
  return { area: 'program', name: 'helm plugin', status, found, notes };
}
