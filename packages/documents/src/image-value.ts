import { BadReference, formatReference, parseReference } from '@pindrift/reference';
import type { SiteProblem } from './image-site.ts';

/**
 * Marks of the template languages met in manifests: Go, Jinja and Mustache, shells and envsubst,
 * Kustomize and Tekton variables, ERB and EJS, Octopus, Concourse. None of them can stand in a
 * reference.
 */
const TEMPLATE = /\{\{|\{%|\$[({\w]|<%|%%|%\{|#\{|\(\(|\[\[|@@/;

/** `${NAME:-default}` and `${NAME-default}`, as shells, Compose and envsubst read them. */
const DEFAULTED = /\$\{[A-Za-z_]\w*:?-([^${}]*)\}/g;

/** True where what the value will be is decided elsewhere. */
export function isTemplated(text: string): boolean {
  return TEMPLATE.test(text);
}

/** The text with defaults in place of variables, or undefined where one of them has none. */
export function fillDefaults(text: string): string | undefined {
  const filled = text.replaceAll(DEFAULTED, '$1');
  return isTemplated(filled) ? undefined : filled;
}

/** YAML 1.2 core schema, and what YAML 1.1 readers such as kubectl's take for a boolean. */
const NULL = /^(?:~|null|Null|NULL)?$/;
const NOT_TEXT =
  /^(?:[-+]?(?:\d[\d_]*|0o[0-7]+|0x[\da-fA-F]+|(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)|true|True|TRUE|false|False|FALSE)$/;

/** How an unquoted scalar is read: `absent` for null. */
export function readPlain(text: string): 'absent' | 'text' | 'not-a-string' {
  if (NULL.test(text)) return 'absent';
  return NOT_TEXT.test(text) ? 'not-a-string' : 'text';
}

/** What keeps a value, already known to be text, from being a reference. */
export function problemOf(text: string): SiteProblem | undefined {
  return isTemplated(text) ? 'templated' : undefined;
}

/** True for a whole reference. */
export function isReference(text: string): boolean {
  return canonicalReference(text) !== undefined;
}

/** `docker.io/library/nginx:1.27` for `nginx:1.27`; undefined for what is no reference. */
export function canonicalReference(text: string): string | undefined {
  try {
    return formatReference(parseReference(text));
  } catch (error) {
    if (error instanceof BadReference) return undefined;
    throw error;
  }
}
