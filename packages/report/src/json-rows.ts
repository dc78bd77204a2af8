import type { ImageOccurrence } from '@pindrift/documents';
import type { Finding, LockChange, PinnedImage } from '@pindrift/pin';
import type { ResolvedImage } from './resolved-image.ts';

// Each row names its keys one by one: their order is part of the format, and nothing that a type
// gains elsewhere gets into it unseen. What is not known is null, so that every row has every key.

type Row = Readonly<Record<string, unknown>>;

export function imageJson(image: ImageOccurrence): Row {
  return {
    file: image.file,
    document: image.document,
    apiVersion: image.apiVersion,
    kind: image.kind,
    namespace: image.namespace,
    name: image.name,
    path: image.path,
    line: image.line,
    column: image.column,
    start: image.start,
    end: image.end,
    text: image.text,
    reference: image.reference ?? null,
    finder: image.finder,
    confidence: image.confidence,
  };
}

export function pinnedImageJson(image: PinnedImage): Row {
  return { ...imageJson(image), digest: image.digest ?? null, outcome: image.outcome };
}

export function findingJson(finding: Finding): Row {
  return {
    code: finding.code,
    severity: finding.severity,
    message: finding.message,
    help: finding.help,
    file: finding.file,
    line: finding.line,
    column: finding.column,
    document: finding.document,
    apiVersion: finding.apiVersion,
    kind: finding.kind,
    namespace: finding.namespace,
    name: finding.name,
    path: finding.path,
    text: finding.text,
    reference: finding.reference ?? null,
    expected: finding.expected ?? null,
  };
}

export function changeJson({ change, image, from, to }: LockChange): Row {
  return { change, image, from: from ?? null, to: to ?? null };
}

export function resolvedImageJson(image: ResolvedImage): Row {
  return {
    reference: image.reference,
    text: image.text,
    platform: image.platform ?? null,
    digest: image.digest ?? null,
    mediaType: image.mediaType ?? null,
    size: image.size ?? null,
    verified: image.verified ?? null,
  };
}
