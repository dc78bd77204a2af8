import { crc32 } from 'node:zlib';

const BLOCK = 512;
/** Longest "stored" block of RFC 1951 section 3.2.4: its length is 16 bits. */
const STORED_MAX = 0xffff;

/** A tar archive with one file, `content`, holding the text; the same bytes on every machine. */
export function tarOf(text: string): Buffer {
  const content = Buffer.from(text, 'utf8');
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
  return Buffer.concat([tarHeader(content.length), content, padding, Buffer.alloc(2 * BLOCK)]);
}

/**
 * The bytes as a gzip file without compression. zlib's output depends on its version and on the
 * operating system; stored blocks do not, and digests in tests must hold everywhere.
 */
export function gzipStored(bytes: Buffer): Buffer {
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(bytes), 0);
  trailer.writeUInt32LE(bytes.length % 2 ** 32, 4);
  return Buffer.concat([header, ...storedBlocks(bytes), trailer]);
}

function tarHeader(size: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write('content', 0);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        0', 148);
  header.write('ustar\0', 257);
  header.write('00', 263);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

function storedBlocks(bytes: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  for (let start = 0; start === 0 || start < bytes.length; start += STORED_MAX) {
    const chunk = bytes.subarray(start, start + STORED_MAX);
    const head = Buffer.alloc(5);
    head[0] = start + STORED_MAX >= bytes.length ? 1 : 0;
    head.writeUInt16LE(chunk.length, 1);
    head.writeUInt16LE(~chunk.length & 0xffff, 3);
    blocks.push(head, chunk);
  }
  return blocks;
}
