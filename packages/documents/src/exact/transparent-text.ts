/** Bytes 0x80 to 0xFF stand for themselves in a private area of Unicode, one character each. */
const PRIVATE = 0xe000;

/**
 * Bytes as a text with one character per byte, so that every offset in it is a byte offset, whether
 * the bytes are valid UTF-8 or not. ASCII is itself. Other bytes become private characters, because
 * a YAML parser refuses what Latin-1 would make of some of them (U+0080 to U+009F).
 */
export function transparentText(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  return /[\x80-\xff]/.test(text)
    ? text.replaceAll(/[\x80-\xff]/g, (byte) => String.fromCharCode(PRIVATE + byte.charCodeAt(0)))
    : text;
}

/** What a piece of a transparent text says, as UTF-8. */
export function readableText(text: string): string {
  if (!/[\ue080-\ue0ff]/.test(text)) return text;
  return Buffer.from(
    text.replaceAll(/[\ue080-\ue0ff]/g, (byte) =>
      String.fromCharCode(byte.charCodeAt(0) - PRIVATE),
    ),
    'latin1',
  ).toString('utf8');
}
