import type { Random } from './random.ts';

type Value = string | Value[] | { [key: string]: Value };

/**
 * A stream of Kubernetes resources in one of the many ways in which YAML may be written. Most are
 * written tamely, as people do, so that both readers have something to agree about.
 */
export function writeManifest(source: Random): string {
  const wild = source.once(4);
  const random: Random = wild ? source : { ...source, once: (times) => source.once(times * 6) };
  const documents = Array.from({ length: 1 + random.below(3) }, () => writeDocument(random));
  const text = documents.join(random.pick(['---\n', '---\n', '--- # next\n', '...\n---\n']));
  const marked = random.once(2) ? `---\n${text}` : text;
  return random.once(8) ? marked.replaceAll('\n', '\r\n') : marked;
}

function writeDocument(random: Random): string {
  const resource = random.once(4) ? listOf(random) : workload(random);
  if (random.once(25)) return `${JSON.stringify(resource, null, random.below(3))}\n`;
  return writeMapping(random, shuffled(random, resource as { [key: string]: Value }), 0).join('');
}

const IMAGES = [
  'nginx',
  'nginx:1.27',
  'ghcr.io/acme/web:v1.2.3',
  'localhost:5000/a/b:c',
  'docker.io/library/redis:7@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  '12',
  '',
  'null',
  '$(IMAGE)',
  'Not A Reference',
];

const TEXTS = [
  'plain',
  'two words',
  'a: b',
  'image: nginx',
  '# no comment',
  "it's",
  'say "hi"',
  'C:\\path',
  'ümlaut',
  '-x',
  '--flag=1',
  '{braces}',
  '- dash',
  '*star',
  '&and',
  'a # b',
  '100%',
  'line one\nline two\n',
  'image: nginx\n  deeper: 1\n\nlast',
  '\ttab',
  'true',
  '~',
];

function listOf(random: Random): Value {
  const kind = random.pick(['List', 'ResourceList', 'PodList']);
  const items = Array.from({ length: 1 + random.below(4) }, () =>
    random.once(6) ? listOf(random) : workload(random),
  );
  return {
    apiVersion: kind === 'ResourceList' ? 'config.kubernetes.io/v1' : 'v1',
    items,
    kind,
    ...(random.once(3) ? { functionConfig: { spec: { image: 'a' } } } : {}),
  };
}

function workload(random: Random): Value {
  const pod = podSpec(random);
  const metadata: Value = { name: random.pick(['web', 'api', '1']), labels: { app: 'x' } };
  if (random.once(3)) metadata.annotations = { note: random.pick(TEXTS), image: 'nginx' };
  if (random.once(3)) metadata.namespace = 'prod';
  const of = (apiVersion: string, kind: string, spec: Value): Value => ({
    apiVersion,
    kind,
    metadata,
    spec,
  });
  switch (random.below(6)) {
    case 0:
      return of('v1', 'Pod', pod);
    case 1:
      return of('batch/v1', 'CronJob', { jobTemplate: { spec: { template: { spec: pod } } } });
    case 2:
      return {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        data: { image: 'a', text: random.pick(TEXTS) },
      };
    case 3:
      return of('acme.example/v1', 'Thing', { image: random.pick(IMAGES), nested: pod });
    default:
      return of('apps/v1', 'Deployment', { replicas: '1', template: { spec: pod } });
  }
}

function podSpec(random: Random): { [key: string]: Value } {
  const container = (): Value =>
    shuffled(random, {
      name: random.pick(TEXTS),
      image: random.pick(IMAGES),
      ...(random.once(2) ? { args: [random.pick(TEXTS), random.pick(TEXTS)] } : {}),
      ...(random.once(3) ? { env: [{ name: 'A', value: random.pick(TEXTS) }] } : {}),
    });
  return {
    containers: Array.from({ length: random.below(3) }, container),
    ...(random.once(3) ? { initContainers: [container()] } : {}),
    ...(random.once(4)
      ? { volumes: [{ name: 'v', image: { reference: random.pick(IMAGES) } }] }
      : {}),
  };
}

function shuffled(random: Random, mapping: { [key: string]: Value }): { [key: string]: Value } {
  const entries = Object.entries(mapping);
  if (random.once(3)) entries.reverse();
  return Object.fromEntries(entries);
}

function writeMapping(random: Random, mapping: { [key: string]: Value }, indent: number): string[] {
  const lines = Object.entries(mapping).map(([key, value]) => {
    const written = writeKey(random, key);
    return `${noise(random)}${' '.repeat(indent)}${written}:${writeValue(random, value, indent, false)}`;
  });
  return lines.length > 0 ? lines : [`${' '.repeat(indent)}{}\n`];
}

function writeKey(random: Random, key: string): string {
  if (random.once(15)) return JSON.stringify(key);
  if (random.once(25)) return `'${key}'`;
  return random.once(30) ? `${key} ` : key;
}

function noise(random: Random): string {
  return random.once(15) ? random.pick(['\n', '# comment\n', '    # image: x\n', '  \n']) : '';
}

function writeValue(random: Random, value: Value, indent: number, inList: boolean): string {
  if (typeof value === 'string') return ` ${writeScalar(random, value, indent)}`;
  const empty = Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
  if (empty || random.once(15)) return ` ${writeFlow(random, value)}${tail(random)}`;
  if (Array.isArray(value))
    return `${tail(random)}${writeList(random, value, indent + (inList || random.once(2) ? 2 : 0))}`;
  const deeper = indent + random.pick([1, 2, 2, 2, 4]);
  return `${tail(random)}${writeMapping(random, value, deeper).join('')}`;
}

function writeList(random: Random, list: Value[], indent: number): string {
  const items = list.map((item) => {
    const dash = `${noise(random)}${' '.repeat(indent)}-`;
    if (typeof item === 'string' || Array.isArray(item) || random.once(8)) {
      return `${dash}${writeValue(random, item, indent, true)}`;
    }
    const gap = random.pick([1, 1, 1, 3]);
    const lines = writeMapping(random, item, indent + 1 + gap);
    const first = lines.join('').replace(/^(?:\s*#.*\n|\s*\n)+/, '');
    return `${dash}${' '.repeat(gap)}${first.trimStart()}`;
  });
  return items.join('');
}

function tail(random: Random): string {
  return random.once(12) ? random.pick([' # why\n', ' \n', ' # pindrift:ignore reason\n']) : '\n';
}

function writeScalar(random: Random, text: string, indent: number): string {
  const pad = ' '.repeat(indent + 2);
  switch (random.once(3) ? random.below(12) : 12) {
    case 0:
    case 1:
      return `${JSON.stringify(text)}${tail(random)}`;
    case 2:
      return `'${text.replaceAll("'", "''").replaceAll('\n', `\n\n${pad}`)}'${tail(random)}`;
    case 3:
      return `${random.pick(['|', '>', '|-', '>-', '|+', '|2', '> # c'])}\n${text
        .split('\n')
        .map((line) => (line === '' ? '\n' : `${pad}${line}\n`))
        .join('')}`;
    case 4:
      return `\n${pad}${text}\n`;
    case 5:
      return `${text.replaceAll(' ', `\n${pad}`)}\n`;
    case 6:
      return random.once(3)
        ? `${random.pick(['&a ', '!!str ', '*a #', '! '])}${text}\n`
        : `${text}\n`;
    default:
      return `${isTame(text) || random.once(4) ? text.replaceAll('\n', ' ') : JSON.stringify(text)}${tail(random)}`;
  }
}

/** Unquoted, it is what it says. */
function isTame(text: string): boolean {
  return /^[a-z-][\w ./:@-]*$/i.test(text) && !/: |^- /.test(text);
}

function writeFlow(random: Random, value: Value): string {
  if (typeof value === 'string') return random.once(3) ? value : JSON.stringify(value);
  const gap = random.pick(['', ' ', ' ', '\n      ']);
  if (Array.isArray(value))
    return `[${value.map((item) => writeFlow(random, item)).join(`,${gap}`)}]`;
  const entries = Object.entries(value).map(([key, item]) => `${key}: ${writeFlow(random, item)}`);
  return `{${entries.join(`,${gap}`)}}`;
}
