import type { ImageReference } from '@pindrift/reference';
import type { Io } from '../io.ts';
import { homeOf } from '../open-registry.ts';
import type { Check } from './check.ts';

/**
 * Where the credentials for each registry come from, for one repository of each; never what they
 * are. Asks credential helpers, and no registry.
 */
export async function checkCredentials(
  references: readonly ImageReference[],
  { env }: Io,
): Promise<Check[]> {
  const { dockerKeychain } = await import('@pindrift/registry');
  const keychain = dockerKeychain({ environment: env, home: homeOf(env) });
  const byRegistry = new Map(references.map((reference) => [reference.domain, reference]));
  const checks = [...byRegistry].map(async ([registry, { path: repository }]): Promise<Check> => {
    const about = { area: 'credentials', name: registry } as const;
    try {
      const found = await keychain({ registry, repository });
      const source = found === undefined ? 'none: asked anonymously' : `from ${found.source}`;
      return { ...about, status: 'fine', found: source, notes: [] };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { ...about, status: 'problem', found: 'could not be read', notes: [reason] };
    }
  });
  return await Promise.all(checks);
}
