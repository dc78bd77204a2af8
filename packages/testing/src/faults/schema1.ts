import { digestOf } from '../content/digest.ts';
import { MEDIA_TYPE } from '../content/media-type.ts';
import type { Fault } from '../http/fault.ts';

/**
 * Answers a manifest of schema 1 under its true digest; that of a signed one is the digest of what
 * was signed, and not of the bytes that are sent (distribution, docs/spec/manifest-v2-1.md).
 */
export function schema1(form: 'signed' | 'plain' = 'signed'): Fault {
  return ({ params }) => {
    const payload = {
      schemaVersion: 1,
      name: params.name,
      tag: params.reference,
      architecture: 'amd64',
      fsLayers: [{ blobSum: digestOf(Buffer.from('layer')) }],
      history: [{ v1Compatibility: '{"id":"1","os":"linux"}' }],
    };
    const signatures = form === 'signed' ? { signatures: [{ signature: 'c2ln' }] } : {};
    const body = Buffer.from(JSON.stringify({ ...payload, ...signatures }));
    const digest = digestOf(Buffer.from(JSON.stringify(payload)));
    const mediaType = form === 'signed' ? MEDIA_TYPE.dockerSchema1Signed : MEDIA_TYPE.dockerSchema1;
    const headers = { 'Content-Type': mediaType, 'Docker-Content-Digest': digest };
    return { status: 200, headers, body };
  };
}
