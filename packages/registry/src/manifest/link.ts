/** What the pages of a list must lie under. */
export interface PageContext {
  readonly repository: string;
  /** After `/v2/REPOSITORY/`. */
  readonly path: string;
}

const longestHeader = 8192;

/**
 * The next page that `Link` headers name (RFC 8288), as a path after `/v2/REPOSITORY/`, so that
 * it can only lead to the same list of the same registry (GHSA-h7vf-4x9w-h99v). From a link that
 * leads elsewhere only its `last` parameter is taken: Artifactory's leave out a part of the path.
 */
export function nextPage(
  links: readonly string[],
  page: URL,
  context: PageContext,
): string | undefined {
  const target = links.map((link) => nextTarget(link.slice(0, longestHeader))).find(Boolean);
  if (target === undefined || !URL.canParse(target, page.href)) return undefined;
  const url = new URL(target, page);
  const own = `/v2/${context.repository}/${context.path}`;
  if (url.origin === page.origin && url.pathname === own) return `${context.path}${url.search}`;
  const last = url.searchParams.get('last');
  if (last === null || last === '') return undefined;
  const size = url.searchParams.get('n') ?? page.searchParams.get('n') ?? '';
  const n = /^\d{1,5}$/.test(size) ? `n=${size}&` : '';
  return `${context.path}?${n}last=${encodeURIComponent(last)}`;
}

function nextTarget(header: string): string | undefined {
  const link = /<([^<>]*)>([^<]*)/g;
  for (const [, target, parameters] of header.matchAll(link)) {
    const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(parameters ?? '');
    const relations = (rel?.[1] ?? rel?.[2] ?? '').toLowerCase().split(/\s+/);
    if (relations.includes('next')) return target;
  }
  return undefined;
}
