/** `usage`: the command line makes no sense. `cannot-read`: the file system refused. */
export type ScannerErrorCode = 'usage' | 'cannot-read';

/** A fault: what failed, where, and what to do; it never holds a secret. */
export class ScannerError extends Error {
  override readonly name: 'ScannerError' = 'ScannerError';
  readonly code: ScannerErrorCode;

  constructor(code: ScannerErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
