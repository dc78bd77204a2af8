/**
 * `bad-store`: the file is no store, or damaged. `newer-store`: a newer Pindrift wrote it.
 * `cannot-store`: it cannot be opened or written, or another process holds it for too long.
 */
export type ScanErrorCode = 'bad-store' | 'newer-store' | 'cannot-store';

/** A fault of the scanner: what failed, where, and what to do. */
export class ScanError extends Error {
  override readonly name: 'ScanError' = 'ScanError';
  readonly code: ScanErrorCode;

  constructor(code: ScanErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
