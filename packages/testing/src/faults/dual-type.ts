import { digestOf } from '../content/digest.ts';
import type { Fault } from '../http/fault.ts';

/**
 * Makes the manifest an index and an image at once (CVE-2021-41190): adds `manifests` or `layers`,
 * whichever it lacks. Its digest and length fit.
 */
export function dualType(): Fault {
  return async (_exchange, next) => {
    const reply = await next();
    const manifest = JSON.parse(Buffer.from(reply.body ?? []).toString('utf8')) as object;
    const body = Buffer.from(JSON.stringify({ manifests: [], layers: [], ...manifest }));
    const headers = { ...reply.headers, 'Docker-Content-Digest': digestOf(body) };
    return { ...reply, headers, body };
  };
}
