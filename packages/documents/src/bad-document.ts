/** Why a part of a file could not be read at all. */
export type BadDocumentCode =
  /** No YAML, by YAML's own rules. */
  | 'syntax'
  /** UTF-16, UTF-32 or a NUL byte. */
  | 'encoding'
  /** Larger or deeper than what is read exactly. */
  | 'too-large';

/** A document that could not be read; carries the first position that is wrong. */
export class BadDocument extends Error {
  override readonly name = 'BadDocument';
  readonly code: BadDocumentCode;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in characters. */
  readonly column: number;

  constructor(
    reason: string,
    at: { code: BadDocumentCode; file: string; line: number; column: number; cause?: unknown },
  ) {
    super(`${at.file}:${at.line}:${at.column}: ${reason}`, { cause: at.cause });
    this.code = at.code;
    this.file = at.file;
    this.line = at.line;
    this.column = at.column;
  }
}
