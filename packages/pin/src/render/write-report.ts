import { readFile, stat } from 'node:fs/promises';
import { replaceFile } from '../lock/replace-file.ts';
import type { PinResult } from '../pin-context.ts';
import { PinError } from '../pin-error.ts';
import type { Teller } from './teller.ts';

/**
 * Throws `PinError` `cannot-write` where a report would take the place of a lock or of manifests. Any
 * other file is replaced, as one of an earlier run is.
 */
export async function refuseOther(file: string): Promise<void> {
  const size = await stat(file).then(
    (found) => (found.isFile() ? found.size : 0),
    () => 0,
  );
  const text = size === 0 ? '' : await readFile(file, 'utf8');
  if (!text.includes('apiVersion') || text.includes('"$schema"')) return;
  const what = 'it holds a lock or manifests, and stays as it is';
  throw new PinError('cannot-write', `--report ${file}: ${what}; name another file`);
}

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
