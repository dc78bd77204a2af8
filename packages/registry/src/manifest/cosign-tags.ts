import { answerError } from '../answer-error.ts';
import type { Session } from '../auth/session.ts';
import type { Resolved } from '../registry.ts';
import type { Descriptor } from './descriptor.ts';
import { getManifest, headManifest } from './fetch-manifest.ts';

const kinds = ['sig', 'att', 'sbom'] as const;

/** Statuses by which a server says that it cannot do HEAD. */
const headless: ReadonlySet<number> = new Set([200, 400, 405, 501]);

/**
 * What cosign keeps beside an image under a tag made of its digest (cosign `SIGNATURE_SPEC.md`):
 * signatures, attestations and SBOMs of its versions before 3, which refer to nothing by
 * themselves. Each has the artifact type that cosign gives it where there is a referrers API.
 */
export async function cosignTags(
  repository: string,
  digest: string,
  session: Session,
): Promise<readonly Descriptor[]> {
  // With any other algorithm the tag is too long for a registry.
  if (!digest.startsWith('sha256:')) return [];
  const found = await Promise.all(
    kinds.map(async (kind) => {
      const tag = `${digest.replace(':', '-')}.${kind}`;
      const resolved = await tagged(repository, tag, session);
      return resolved === undefined ? [] : [descriptorOf(resolved, kind, tag)];
    }),
  );
  return found.flat();
}

async function tagged(
  repository: string,
  tag: string,
  session: Session,
): Promise<Pick<Resolved, 'digest' | 'mediaType' | 'size'> | undefined> {
  const target = { repository, reference: tag, step: 'list referrers' } as const;
  const head = await headManifest(target, session);
  if ('digest' in head) return head;
  if (head.status === 404) return undefined;
  if (headless.has(head.status)) {
    return getManifest(target, session).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
  }
  throw answerError(head, { step: 'list referrers', credentialSource: head.credentialSource });
}

function isMissing(error: unknown): boolean {
  return (error as { readonly code?: unknown }).code === 'NOT_FOUND';
}

function descriptorOf(
  { digest, mediaType, size }: Pick<Resolved, 'digest' | 'mediaType' | 'size'>,
  kind: (typeof kinds)[number],
  tag: string,
): Descriptor {
  return {
    mediaType,
    digest,
    size: size ?? 0,
    platform: undefined,
    artifactType: `application/vnd.dev.cosign.artifact.${kind}.v1+json`,
    annotations: {},
    tag,
  };
}
