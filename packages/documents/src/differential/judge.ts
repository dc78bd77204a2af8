/** Reads a stream to plain values, by a library that knows nothing of ours; undefined: it refuses. */
export type ParseStream = (text: string) => readonly unknown[] | undefined;

/** One image as such a reader finds it: its path and what it says. */
export type Judged = string;

/**
 * The images of the built-in workloads of a stream, by another library; undefined where it refuses
 * the stream, or reads by rules that differ on purpose (a CR without an LF, the line breaks of
 * YAML 1.1, byte order marks in the middle).
 */
export function judgeStream(text: string, parse: ParseStream): Judged[] | undefined {
  if (/\r(?!\n)|[\u0085\u2028\u2029]|.\ufeff/s.test(text)) return undefined;
  return parse(text)?.flatMap((document) => judge(document));
}

const POD_SPECS: Readonly<Record<string, string>> = {
  ' Pod': 'spec',
  'batch CronJob': 'spec.jobTemplate.spec.template.spec',
  'apps Deployment': 'spec.template.spec',
};

function judge(resource: unknown, identity = ''): Judged[] {
  const apiVersion = textAt(resource, 'apiVersion') || (identity.split(' ')[0] ?? '');
  const kind = textAt(resource, 'kind') || (identity.split(' ')[1] ?? '');
  const any = kind === 'List' || kind === 'ResourceList';
  if (apiVersion === '' && !any) return [];
  if (kind.endsWith('List')) {
    const items = at(resource, 'items');
    const inherited = any ? '' : `${apiVersion} ${kind.slice(0, -'List'.length)}`;
    return Array.isArray(items) ? items.flatMap((item) => judge(item, inherited)) : [];
  }
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const path = POD_SPECS[`${group} ${kind}`];
  return path === undefined ? [] : imagesOf(path.split('.').reduce(at, resource), path);
}

function imagesOf(spec: unknown, path: string): Judged[] {
  const found: Judged[] = [];
  for (const list of ['containers', 'initContainers', 'ephemeralContainers']) {
    for (const [index, item] of itemsOf(spec, list)) {
      note(found, `${path}.${list}[${index}].image`, at(item, 'image'));
    }
  }
  for (const [index, item] of itemsOf(spec, 'volumes')) {
    note(found, `${path}.volumes[${index}].image.reference`, at(at(item, 'image'), 'reference'));
  }
  return found;
}

function note(found: Judged[], path: string, value: unknown): void {
  if (typeof value === 'string' && value !== '') found.push(`${path}=${value}`);
}

function itemsOf(spec: unknown, key: string): [number, unknown][] {
  const list = at(spec, key);
  return Array.isArray(list) ? [...list.entries()] : [];
}

function textAt(value: unknown, key: string): string {
  const text = at(value, key);
  return typeof text === 'string' || typeof text === 'number' ? String(text) : '';
}

function at(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}
