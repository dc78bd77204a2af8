/**
 * `usage`: the command line makes no sense. `cannot-read`, `cannot-write`: the file system refused.
 * `not-found`: what was named is not there. `offline`: it needs the network and may not use it.
 * `render-failed`: the command given to `--render` failed. `interrupted`: the user stopped it.
 * `failed`: anything else.
 */
export type CliErrorCode =
  | 'usage'
  | 'cannot-read'
  | 'cannot-write'
  | 'not-found'
  | 'offline'
  | 'render-failed'
  | 'interrupted'
  | 'failed';

/** A fault: `message` says what failed, where, and what to do; it never holds a secret. */
export class CliError extends Error {
  override readonly name: 'CliError' = 'CliError';
  readonly code: CliErrorCode;

  constructor(code: CliErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
