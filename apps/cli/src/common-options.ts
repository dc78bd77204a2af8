import { type Command, InvalidArgumentError, Option } from 'commander';
import { CliError } from './cli-error.ts';
import type { CommonOptions } from './verb.ts';

/** The options of every verb; they may stand before or behind the verb. */
export function addCommonOptions(command: Command): void {
  const add = (option: Option): Command => command.addOption(option.helpGroup('Common options:'));
  add(new Option('--format <format>', 'how results are printed').choices(['table', 'json']));
  add(new Option('--config <file>', 'configuration; default: pindrift.yaml, found upward'));
  add(
    new Option(
      '--fail-on <code,…>',
      'finding codes or severities that make the exit code 1',
    ).argParser(splitList),
  );
  add(new Option('-q, --quiet', 'print results and errors only'));
  add(new Option('--no-color', 'no colours (NO_COLOR does the same)'));
  add(new Option('--offline', 'fail instead of asking a registry'));
  add(new Option('-v, --verbose', 'show what caused an error'));
}

/** The options of the verbs that ask registries. */
export function addRegistryOptions(command: Command): Command {
  const add = (option: Option): Command => command.addOption(option.helpGroup('Registry options:'));
  add(
    new Option(
      '--cache-ttl <time>',
      'how long a tag may come from the cache: 90s, 5m; default: 0s',
    ),
  );
  return add(new Option('--no-ambient-auth', 'do not log in as this machine or CI job'));
}

/** What was given before the verb and behind it; behind wins. Each default stands here. */
export async function commonOptions(command: Command): Promise<CommonOptions> {
  const before: Readonly<Record<string, unknown>> = command.parent?.opts() ?? {};
  const behind: Readonly<Record<string, unknown>> = command.opts();
  const color = before.color !== false && behind.color !== false;
  const { failOn, cacheTtl, ...given }: Typed = { ...before, ...behind };
  return {
    format: 'table',
    ...given,
    color,
    ...(cacheTtl !== undefined && { cacheTtl: await readCacheTtl(cacheTtl) }),
    // Loaded now, as it brings the list of finding codes with it.
    ...(failOn && { failOn: (await import('./fail-on.ts')).readFailOn(failOn) }),
  };
}

/** Options whose values are not yet what they mean. */
interface Typed {
  readonly failOn?: readonly string[];
  readonly cacheTtl?: string;
}

async function readCacheTtl(text: string): Promise<number> {
  const { parseDuration } = await import('@pindrift/scan/duration');
  const ttl = parseDuration(text);
  if (ttl !== undefined) return ttl;
  throw new CliError('usage', `--cache-ttl ${text}: it is no time; write 90s, 5m or 1h`);
}

/** `a,b` given once or several times, as one list. */
export function splitList(value: string, previous: readonly string[] = []): readonly string[] {
  const names = value.split(',').map((name) => name.trim());
  if (names.includes(''))
    throw new InvalidArgumentError('It is a list: names with commas between.');
  return [...previous, ...names];
}
