import { digestOf } from '../content/digest.ts';
import { MEDIA_TYPE } from '../content/media-type.ts';
import type { Fault } from '../http/fault.ts';

/** Answers a manifest of schema 1, signed or not, under its true digest. */
export function schema1(form: 'signed' | 'plain' = 'signed'): Fault {
  return ({ params }) => {
    const body = Buffer.from(
      JSON.stringify({
        schemaVersion: 1,
        name: params.name,
        tag: params.reference,
        architecture: 'amd64',
        fsLayers: [{ blobSum: digestOf(Buffer.from('layer')) }],
        history: [{ v1Compatibility: '{"id":"1","os":"linux"}' }],
      }),
    );
    const mediaType = form === 'signed' ? MEDIA_TYPE.dockerSchema1Signed : MEDIA_TYPE.dockerSchema1;
    const headers = { 'Content-Type': mediaType, 'Docker-Content-Digest': digestOf(body) };
    return { status: 200, headers, body };
  };
}
