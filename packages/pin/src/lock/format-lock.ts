import type { FieldRule } from '../config/field-rule.ts';
import type { IgnoreRule } from '../config/ignore-rule.ts';
import { byImage, type Lock, type LockEntry, type LockMetadata } from './lock.ts';
import { API_VERSION } from './lock-shape.ts';
import { flowScalar, scalar } from './scalar.ts';

/**
 * Makes the lock its own functionConfig: kustomize runs what the annotation names, and does not
 * apply the lock to a cluster.
 */
export const LOCK_METADATA: LockMetadata = {
  name: 'images',
  annotations: {
    'config.kubernetes.io/local-config': 'true',
    'config.kubernetes.io/function': 'exec:\n  path: pindrift-krm\n',
  },
};

/**
 * The text of a lock: sorted, the same bytes for the same lock on every machine. `readLock` reads
 * it back to the same lock.
 */
export function formatLock(lock: Pick<Lock, 'images'> & Partial<Lock>): string {
  const lines = [
    `apiVersion: ${API_VERSION}`,
    'kind: ImageLock',
    ...formatMetadata(lock.metadata ?? LOCK_METADATA),
    'spec:',
    ...formatMapping('settings', Object.entries(lock.settings ?? {})),
    ...formatList('ignore', lock.ignore ?? [], formatRule),
    ...formatList('fields', lock.fields ?? [], formatField),
    ...(lock.images.length === 0 ? ['  images: []'] : ['  images:']),
    ...lock.images.toSorted(byImage).flatMap((entry) => formatEntry(entry, '  ')),
  ];
  return `${lines.join('\n')}\n`;
}

/** The lines of one entry, its dash behind `indent`. */
export function formatEntry(entry: LockEntry, indent: string): string[] {
  const lines = [`${indent}- image: ${scalar(entry.image)}`];
  for (const [key, text] of entryFields(entry)) lines.push(`${indent}  ${key}: ${text}`);
  return lines;
}

/** The fields of an entry behind its name, in their order, as YAML. */
export function entryFields(
  entry: LockEntry,
): [key: 'digest' | 'mediaType' | 'platforms', text: string][] {
  const { digest, mediaType, platforms } = entry;
  return [
    ['digest', scalar(digest)],
    ...(mediaType === undefined ? [] : [['mediaType', scalar(mediaType)] as ['mediaType', string]]),
    ...(platforms === undefined
      ? []
      : [['platforms', `[${platforms.map(flowScalar).join(', ')}]`] as ['platforms', string]]),
  ];
}

function formatMetadata(metadata: LockMetadata): string[] {
  const { name, namespace, annotations = {}, labels = {} } = metadata;
  return [
    'metadata:',
    `  name: ${scalar(name)}`,
    ...(namespace === undefined ? [] : [`  namespace: ${scalar(namespace)}`]),
    ...formatMapping('annotations', Object.entries(annotations)),
    ...formatMapping('labels', Object.entries(labels)),
  ];
}

function formatMapping(key: string, entries: readonly [string, string][]): string[] {
  if (entries.length === 0) return [];
  const lines = entries.map(([name, text]) => `    ${scalar(name)}: ${scalar(text, '      ')}`);
  return [`  ${key}:`, ...lines];
}

function formatList<T>(key: string, list: readonly T[], lines: (item: T) => string[]): string[] {
  return list.length === 0 ? [] : [`  ${key}:`, ...list.flatMap(lines)];
}

function formatRule({ pattern, reason, expires }: IgnoreRule): string[] {
  const lines = [`  - pattern: ${scalar(pattern)}`, `    reason: ${scalar(reason)}`];
  return expires === undefined ? lines : [...lines, `    expires: ${scalar(expires)}`];
}

function formatField({ group, kind, path, podSpec, split }: FieldRule): string[] {
  const lines = [`  - group: ${scalar(group)}`, `    kind: ${scalar(kind)}`];
  if (path !== undefined) lines.push(`    path: ${scalar(path)}`);
  if (podSpec !== undefined) lines.push(`    podSpec: ${scalar(podSpec)}`);
  if (split === undefined) return lines;
  const parts = Object.entries(split).map(([key, text]) => `      ${key}: ${scalar(text)}`);
  return [...lines, '    split:', ...parts];
}
