import type { ImageReference } from '@pindrift/reference';
import type { Keychain } from '@pindrift/registry';
import type { Check } from './check.ts';

/**
 * Where the credentials for a registry come from; never what they are. Each repository is looked up
 * by itself, as a login may be for some of them only.
 */
export async function checkCredentials(
  registry: string,
  references: readonly ImageReference[],
  keychain: Keychain,
): Promise<Check> {
  const about = { area: 'credentials', name: registry } as const;
  try {
    const repositories = [...new Set(references.map(({ path }) => path))];
    const sources = await Promise.all(
      repositories.map(async (repository) => {
        const found = await keychain({ registry, repository });
        return found === undefined ? 'none: asked anonymously' : `from ${found.source}`;
      }),
    );
    const [first = '', ...others] = new Set(sources);
    if (others.length === 0) return { ...about, status: 'fine', found: first, notes: [] };
    const notes = repositories.map((repository, at) => `${repository}: ${sources[at]}`);
    return { ...about, status: 'fine', found: 'not the same for all repositories', notes };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ...about, status: 'problem', found: 'could not be read', notes: [reason] };
  }
}
