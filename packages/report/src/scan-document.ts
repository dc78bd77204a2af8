import type { ScannedImage, ScanReport, ScanSummary } from '@pindrift/scan';
import { type JsonDocument, jsonDocument } from './json-document.ts';
import { findingJson, imageJson } from './json-rows.ts';

/** `$schema`, `images` with what became of each, `findings` and `summary`. */
export function scanDocument({ images, findings, summary }: ScanReport): JsonDocument {
  return jsonDocument('scan', {
    images: images.map(scannedImageJson),
    findings: findings.map(findingJson),
    summary: summaryJson(summary),
  });
}

function scannedImageJson(image: ScannedImage): Readonly<Record<string, unknown>> {
  const { since } = image;
  return {
    ...imageJson(image),
    state: image.state,
    digest: image.digest ?? null,
    current: image.current ?? null,
    mediaType: image.mediaType ?? null,
    since: since === undefined ? null : new Date(since).toISOString(),
  };
}

function summaryJson(summary: ScanSummary): Readonly<Record<string, unknown>> {
  const { files, images, states, asked, left, severities, codes } = summary;
  return {
    files,
    images,
    ...states,
    askedTags: asked.tags,
    askedDigests: asked.digests,
    leftFiles: left.files,
    leftQuestions: left.questions,
    errors: severities.error,
    warnings: severities.warning,
    infos: severities.info,
    codes,
  };
}
