import { BadReference } from './bad-reference.ts';
import { scanLowerHex } from './scan.ts';

/**
 * Hex characters per algorithm: those that go-digest v1.0.0 registers. The OCI image
 * specification registers sha256 and sha512; sha384 is read because every Go client reads it.
 */
const HEX_LENGTH: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/** True for a whole, valid digest: `sha256:` and 64 lower-case hex characters, or sha384 or sha512. */
export function isDigest(text: string): boolean {
  return checkDigest(text) === undefined;
}

/** Throws `BadReference` about `input`, whose text from `start` is no valid digest. */
export function requireDigest(input: string, start: number): string {
  const text = input.slice(start);
  const problem = checkDigest(text);
  if (problem === undefined) return text;
  throw new BadReference(problem.code, input, start + problem.at + 1, problem.reason);
}

interface Problem {
  readonly code: 'bad-digest' | 'bad-digest-length' | 'unsupported-digest';
  readonly at: number;
  readonly reason: string;
}

function checkDigest(text: string): Problem | undefined {
  const colon = text.indexOf(':');
  if (colon < 1)
    return { code: 'bad-digest', at: 0, reason: 'a digest is written sha256:<64 hex>' };
  const end = scanLowerHex(text, colon + 1);
  const algorithm = text.slice(0, colon);
  const length = Object.hasOwn(HEX_LENGTH, algorithm) ? HEX_LENGTH[algorithm] : undefined;
  if (length === undefined) return unsupported(algorithm);
  if (end < text.length) {
    const reason = `a digest has only the characters 0-9 and a-f behind ${algorithm}:`;
    return { code: 'bad-digest', at: end, reason };
  }
  const found = text.length - colon - 1;
  if (found === length) return undefined;
  const reason = `a ${algorithm} digest has ${length} hex characters, this one has ${found}`;
  return { code: 'bad-digest-length', at: Math.min(colon + 1 + length, text.length), reason };
}

function unsupported(algorithm: string): Problem {
  const name = JSON.stringify(algorithm.slice(0, 32));
  const reason = `digest algorithm ${name} is not supported (sha256, sha384 and sha512 are)`;
  return { code: 'unsupported-digest', at: 0, reason };
}
