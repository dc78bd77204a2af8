/**
 * `bad-config`: pindrift.yaml is wrong. `bad-lock`: a lock is wrong. `bad-function-config`: what the
 * orchestrator sent as configuration is wrong. `bad-format`: another tool's file is not what it should
 * be. `cannot-read`, `cannot-write`: the file system refused. `busy`: another process holds the lock
 * file. `bad-call`: options that contradict each other.
 */
export type PinErrorCode =
  | 'bad-config'
  | 'bad-lock'
  | 'bad-function-config'
  | 'bad-format'
  | 'cannot-read'
  | 'cannot-write'
  | 'busy'
  | 'bad-call';

/** A fault: `message` says what failed, where, and what to do; it never holds a secret. */
export class PinError extends Error {
  override readonly name = 'PinError';
  readonly code: PinErrorCode;

  constructor(code: PinErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
