import type { ImageReference } from './image-reference.ts';
import { parseReference } from './parse.ts';

/**
 * The shortest name, without tag and digest, that `parseReference` reads back to the same
 * domain and path: `nginx`, `bitnami/redis`, `ghcr.io/org/app`.
 *
 * Upstream's familiar name is shorter in three cases and then names something else or nothing:
 * `docker.io/localhost/x`, `docker.io/a.b/x` and `docker.io/library/<64 hex>`.
 */
export function familiarName(reference: ImageReference): string {
  const { domain, path } = reference;
  const canonical = `${domain}/${path}`;
  if (domain !== 'docker.io') return canonical;
  const short = path.startsWith('library/') ? path.slice('library/'.length) : path;
  for (const name of short.includes('/') ? [path] : [short, path]) {
    if (readsBack(name, reference)) return name;
  }
  return canonical;
}

function readsBack(name: string, { domain, path }: ImageReference): boolean {
  try {
    const read = parseReference(name);
    return read.domain === domain && read.path === path && read.tag === undefined;
  } catch {
    return false;
  }
}
