import { digestOf } from '../content/digest.ts';
import type { Fault } from '../http/fault.ts';
import { header } from './header.ts';

/** Another digest, well formed, of nothing that exists. */
export const FORGED_DIGEST: string = digestOf(Buffer.from('forged'));

/** `missing`; `forged`, another one; `malformed`; `twice`, the same again; `two`, an honest and a forged one. */
export type DigestLie = 'missing' | 'forged' | 'malformed' | 'twice' | 'two';

/** Lies in Docker-Content-Digest. */
export function digestHeader(lie: DigestLie): Fault {
  const lies: Readonly<Record<DigestLie, (honest: string) => string | string[] | undefined>> = {
    missing: () => undefined,
    forged: () => FORGED_DIGEST,
    malformed: (honest) => honest.slice(0, 20),
    twice: (honest) => [honest, honest],
    two: (honest) => [honest, FORGED_DIGEST],
  };
  return header('Docker-Content-Digest', lies[lie]);
}
