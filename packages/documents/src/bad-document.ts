/** Why a part of a file could not be read at all. */
export type BadDocumentCode =
  /** No YAML, by YAML's own rules. */
  | 'syntax'
  /** UTF-16, UTF-32 or a NUL byte. */
  | 'encoding'
  /** Larger or deeper than what is read exactly. */
  | 'too-large';

/** A stretch of a text that could not be read, as a value: offsets in bytes, and why. */
export interface BadPart {
  readonly code: BadDocumentCode;
  readonly reason: string;
  /** Where the first wrong byte stands. */
  readonly at: number;
  /** The document or item that nothing is known of. */
  readonly start: number;
  readonly end: number;
  readonly document: number;
}

/** A document that could not be read, with the first position that is wrong. */
export class BadDocument extends Error {
  override readonly name = 'BadDocument';
  readonly code: BadDocumentCode;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in characters. */
  readonly column: number;

  constructor(
    at: { code: string; reason: string; file: string; line: number; column: number },
    cause?: unknown,
  ) {
    super(`${at.file}:${at.line}:${at.column}: ${at.reason}`, { cause });
    this.code = at.code as BadDocumentCode;
    this.file = at.file;
    this.line = at.line;
    this.column = at.column;
  }
}
