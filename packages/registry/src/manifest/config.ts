import { answerError } from '../answer-error.ts';
import type { Session } from '../auth/session.ts';
import type { Manifest } from '../registry.ts';
import { RegistryError } from '../registry-error.ts';
import { algorithmOf, digestOf } from './digest.ts';
import type { FetchedManifest } from './fetch-manifest.ts';

const longestConfig = 4_194_304;

/** The configuration that an image names, with its bytes verified; throws when it is no image. */
export async function readConfig(
  repository: string,
  image: FetchedManifest,
  session: Session,
  host: string,
): Promise<Manifest> {
  const { config } = image.parsed;
  const origin = { host, step: 'read the config' } as const;
  if (config === undefined) {
    throw new RegistryError('UNSUPPORTED_MEDIA', {
      ...origin,
      reason: `${image.mediaType} has no configuration`,
      hint: 'ask for an image, not for an artifact',
    });
  }
  const reply = await session({
    method: 'GET',
    repository,
    path: `blobs/${config.digest}`,
    limit: Math.min(longestConfig, Math.max(config.size, 1)),
    step: 'read the config',
  });
  if (reply.status !== 200) {
    throw answerError(reply, {
      step: 'read the config',
      credentialSource: reply.credentialSource,
    });
  }
  const digest = digestOf(reply.body, algorithmOf(config.digest));
  if (digest !== config.digest) {
    throw new RegistryError('DIGEST_MISMATCH', {
      ...origin,
      reason: `the manifest names ${config.digest}, the bytes sent have ${digest}`,
      hint: 'do not use this image',
    });
  }
  const { mediaType } = config;
  return { digest, mediaType, size: reply.body.length, verified: true, bytes: reply.body };
}
