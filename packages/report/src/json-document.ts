import type { ImageOccurrence } from '@pindrift/documents';
import type { Finding, LockChange, PinnedImage } from '@pindrift/pin';
import {
  changeJson,
  findingJson,
  imageJson,
  pinnedImageJson,
  resolvedImageJson,
} from './json-rows.ts';
import { printableJson } from './printable.ts';
import type { ResolvedImage } from './resolved-image.ts';
import { summarizeChanges, summarizeImages, summarizeResolved } from './summary.ts';

/**
 * What a program prints for `--format json`: its `$schema` and a few sections, each in an order that
 * never changes. The schemas stand in `schemas/` and say what each section holds.
 */
export interface JsonDocument {
  readonly $schema: string;
  readonly [section: string]: unknown;
}

interface Findings {
  readonly findings: readonly Finding[];
}

/** `$schema`, `images` and `findings`. */
export function findDocument(
  result: Findings & { readonly images: readonly ImageOccurrence[] },
): JsonDocument {
  const { images, findings } = result;
  return jsonDocument('find', {
    images: images.map(imageJson),
    findings: findings.map(findingJson),
  });
}

/** `$schema`, `images` with digest and outcome, `findings` and `summary`. */
export function checkDocument(
  result: Findings & { readonly images: readonly PinnedImage[] },
): JsonDocument {
  return pinnedDocument('check', result);
}

/** The sections of `checkDocument`. */
export function pinDocument(
  result: Findings & { readonly images: readonly PinnedImage[] },
): JsonDocument {
  return pinnedDocument('pin', result);
}

/** The sections of `pinDocument`, and `error`: why a render could not be finished, or nothing. */
export function renderDocument(
  result: Findings & { readonly images: readonly PinnedImage[] },
  error = '',
): JsonDocument {
  return { ...pinnedDocument('render', result), error };
}

/** `$schema`, `changes` (all, also the unchanged), `findings` and `summary`. */
export function lockDocument(
  result: Findings & { readonly changes: readonly LockChange[] },
): JsonDocument {
  const { changes, findings } = result;
  return jsonDocument('lock', {
    changes: changes.map(changeJson),
    findings: findings.map(findingJson),
    summary: summarizeChanges(changes, findings),
  });
}

/** `$schema`, `images` by name, `findings` and `summary`. */
export function resolveDocument(
  result: Findings & { readonly images: readonly ResolvedImage[] },
): JsonDocument {
  const { images, findings } = result;
  return jsonDocument('resolve', {
    images: images.map(resolvedImageJson),
    findings: findings.map(findingJson),
    summary: summarizeResolved(images, findings),
  });
}

/** Any sections under the `$schema` of a name: `https://pindrift.dev/schemas/<name>.v1.json`. */
export function jsonDocument(
  name: string,
  sections: Readonly<Record<string, unknown>>,
): JsonDocument {
  return { $schema: `https://pindrift.dev/schemas/${name}.v1.json`, ...sections };
}

/** JSON text with a final line feed, in which no character moves a terminal's cursor. */
export function formatJson(document: JsonDocument): string {
  return `${printableJson(document, 2)}\n`;
}

function pinnedDocument(
  name: 'check' | 'pin' | 'render',
  { images, findings }: Findings & { readonly images: readonly PinnedImage[] },
): JsonDocument {
  return jsonDocument(name, {
    images: images.map(pinnedImageJson),
    findings: findings.map(findingJson),
    summary: summarizeImages(images, findings),
  });
}
