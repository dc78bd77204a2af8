import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cloud } from './cloud.ts';

/** What the shared files of AWS's tools say about one profile, by lower-case name. */
export type AwsProfile = ReadonlyMap<string, string>;

/**
 * The profiles in `~/.aws/config` and `~/.aws/credentials` (or where the environment says they
 * are); for one profile the credentials file wins, as it does in AWS's tools.
 */
export async function readAwsProfiles({
  environment,
  home,
}: Pick<Cloud, 'environment' | 'home'>): Promise<ReadonlyMap<string, AwsProfile>> {
  const config = environment.AWS_CONFIG_FILE || join(home, '.aws', 'config');
  const credentials = environment.AWS_SHARED_CREDENTIALS_FILE || join(home, '.aws', 'credentials');
  const profiles = new Map<string, Map<string, string>>();
  for (const file of [config, credentials]) {
    const text = await readFile(file, 'utf8').catch(() => '');
    for (const [section, name, value] of settingsIn(text)) {
      const profile = profiles.get(section) ?? new Map<string, string>();
      profiles.set(section, profile.set(name, value));
    }
  }
  return profiles;
}

function* settingsIn(text: string): Generator<readonly [string, string, string]> {
  let section: string | undefined;
  for (const line of text.split('\n')) {
    const heading = /^\s*\[\s*([^\]]+?)\s*\]/.exec(line)?.[1];
    // Other sections, such as `[sso-session work]`, are no profiles.
    if (heading !== undefined) section = /^(?:profile\s+)?(\S+)$/.exec(heading)?.[1];
    const [, name, value = ''] = /^([a-z_]+)\s*=\s*(.*?)\s*$/i.exec(line.trim()) ?? [];
    if (section !== undefined && name !== undefined) yield [section, name.toLowerCase(), value];
  }
}
