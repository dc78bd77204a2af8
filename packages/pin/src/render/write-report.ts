import { replaceFile } from '../lock/replace-file.ts';
import type { PinResult } from '../pin-context.ts';
import type { Teller } from './teller.ts';

/**
 * Writes images and findings as JSON, whole or not at all: a reader finds the old file or the new
 * one. Throws `PinError` `cannot-write`.
 */
export async function writeReport(
  file: string,
  results: readonly PinResult[],
  { formatJson, renderDocument }: Teller,
): Promise<void> {
  const images = results.flatMap((result) => result.images);
  const findings = results.flatMap((result) => result.findings);
  await replaceFile(file, formatJson(renderDocument({ images, findings })));
}

/** The same where nothing was found out, because of an error; never throws. */
export async function writeFailure(
  file: string,
  error: unknown,
  { formatJson, renderDocument }: Teller,
): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  const document = renderDocument({ images: [], findings: [] }, message);
  // Where this fails too, the error itself is still on its way to stderr.
  await replaceFile(file, formatJson(document)).catch(() => undefined);
}
