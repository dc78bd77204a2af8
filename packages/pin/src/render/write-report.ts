import type { PinResult } from '../pin-context.ts';

/** Names the shape of the document, for editors and for programs. */
const SCHEMA = 'https://pindrift.dev/schemas/v1alpha1/report.json';

/**
 * Writes images and findings as JSON, whole or not at all: a reader finds the old file or the new
 * one. Throws `PinError` `cannot-write`.
 */
export async function writeReport(file: string, results: readonly PinResult[]): Promise<void> {
  const images = results.flatMap((result) => result.images);
  const findings = results.flatMap((result) => result.findings);
  const summary = {
    images: images.length,
    pinned: images.filter((image) => image.outcome === 'pinned').length,
    findings: findings.length,
    refused: results.some((result) => result.refused),
  };
  await write(file, { $schema: SCHEMA, images, findings, summary });
}

/** The same where nothing was found out, because of an error; never throws. */
export async function writeFailure(file: string, error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  const summary = { images: 0, pinned: 0, findings: 0, refused: true };
  const report = { $schema: SCHEMA, images: [], findings: [], summary, error: message };
  // Where this fails too, the error itself is still on its way to stderr.
  await write(file, report).catch(() => undefined);
}

async function write(file: string, report: object): Promise<void> {
  const { replaceFile } = await import('../lock/replace-file.ts');
  await replaceFile(file, `${JSON.stringify(report, null, 2)}\n`);
}
