import type { ImageOccurrence } from '@pindrift/documents';
import type { Decision } from '../decide.ts';
import type { Remark } from './finding-of.ts';
import { shown } from './place.ts';

/**
 * The remark about what only looks like an image, in a kind that nobody has described: it is never
 * edited and fails nothing. The configuration turns the guess into knowledge.
 */
export function guessRemark(decision: Decision, occurrence: ImageOccurrence): Remark | undefined {
  if (decision.kind === 'invalid') return undefined;
  const { apiVersion, kind, path, text } = occurrence;
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : "''";
  const row = `{group: ${group}, kind: ${kind}, path: ${path.replace(/\[\d+\]/g, '[*]')}}`;
  return {
    code: 'unpinned',
    severity: 'warning',
    says: `${shown(text)} looks like an image without a digest, in a kind that is not known`,
    help: `if it is one, add it to fields in pindrift.yaml: ${shown(row)}`,
  };
}
