/** What is wrong with a text that is no image reference. The list is closed. */
export type BadReferenceCode =
  | 'empty'
  | 'too-long'
  | 'image-id'
  | 'uppercase'
  | 'bad-domain'
  | 'bad-path'
  | 'path-too-long'
  | 'bad-tag'
  | 'bad-digest'
  | 'bad-digest-length'
  | 'unsupported-digest';

/** More would drown the sentence around it; `input` holds the whole. */
const SHOWN_CHARACTERS = 120;

/** Thrown for a text that is no image reference, or no digest where one is asked for. */
export class BadReference extends Error {
  override readonly name = 'BadReference';
  readonly code: BadReferenceCode;
  /** The text as it was given, whole. */
  readonly input: string;
  /** 1-based position in `input` of the first character that is wrong; its length + 1 where the text ends too early. */
  readonly column: number;

  constructor(code: BadReferenceCode, input: string, column: number, reason: string) {
    super(`invalid image reference ${quote(input)}: ${reason}`);
    this.code = code;
    this.input = input;
    this.column = column;
  }
}

/** Quoted, control characters escaped, shortened, and without what stands where a URL has its password. */
function quote(input: string): string {
  const shown = withoutPassword(input.slice(0, SHOWN_CHARACTERS));
  return JSON.stringify(shown) + (input.length > SHOWN_CHARACTERS ? '…' : '');
}

function withoutPassword(text: string): string {
  const at = text.lastIndexOf('@');
  const scheme = text.indexOf('://');
  if (scheme >= 0 && at > scheme) return `${text.slice(0, scheme + 3)}***${text.slice(at)}`;
  const host = text.slice(0, text.indexOf('/') + 1);
  const user = host.lastIndexOf('@');
  return user >= 0 && host.includes(':') ? `***${text.slice(user)}` : text;
}
