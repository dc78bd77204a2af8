import { isWholeDigest } from '../content/digest.ts';
import { MEDIA_TYPE } from '../content/media-type.ts';
import { type Exchange, json, plainText, type Reply, type ReplyHeaders } from '../http/exchange.ts';
import { registryError } from './registry-error-reply.ts';
import type { RegistryState } from './state.ts';
import { referrersOf } from './store.ts';

/** GET of the tags, sorted, in pages when the client asks for `n` or the registry has its own limit. */
export function getTags(exchange: Exchange, { store, pageSize }: RegistryState): Reply {
  const { name = '' } = exchange.params;
  const repository = store.get(name);
  if (repository === undefined) {
    return registryError('NAME_UNKNOWN', { name });
  }
  const asked = Number(exchange.query.get('n') ?? Number.POSITIVE_INFINITY);
  if (Number.isNaN(asked) || asked < 0) {
    return registryError('PAGINATION_NUMBER_INVALID', { n: exchange.query.get('n') });
  }
  const last = exchange.query.get('last') ?? '';
  const rest = [...repository.tags.keys()].toSorted().filter((tag) => tag > last);
  const tags = rest.slice(0, Math.min(asked, pageSize));
  const more = tags.length > 0 && tags.length < rest.length;
  const next = new URLSearchParams({ last: tags.at(-1) ?? '', n: String(tags.length) });
  return json(200, { name, tags }, more ? nextLink(`/v2/${name}/tags/list?${next}`) : {});
}

/** GET of the manifests that refer to a digest (distribution-spec v1.1 "Listing Referrers"). */
export function getReferrers(exchange: Exchange, state: RegistryState): Reply {
  const { name = '', reference = '' } = exchange.params;
  if (state.referrers !== 'api') {
    return plainText(404, '404 page not found');
  }
  if (!isWholeDigest(reference)) {
    return registryError('DIGEST_INVALID', 'invalid checksum digest length');
  }
  const repository = state.store.get(name);
  const wanted = exchange.query.get('artifactType');
  const all = (repository ? referrersOf(repository, reference) : [])
    .map((content) => content.descriptor)
    .filter((descriptor) => wanted === null || descriptor.artifactType === wanted);
  const start = Number(exchange.query.get('start') ?? 0);
  const manifests = all.slice(start, start + state.pageSize);
  const next = new URLSearchParams(exchange.query);
  next.set('start', String(start + manifests.length));
  return json(
    200,
    { schemaVersion: 2, mediaType: MEDIA_TYPE.ociIndex, manifests },
    {
      'Content-Type': MEDIA_TYPE.ociIndex,
      ...(wanted === null ? {} : { 'OCI-Filters-Applied': 'artifactType' }),
      ...(start + manifests.length < all.length ? nextLink(`${exchange.path}?${next}`) : {}),
    },
  );
}

function nextLink(target: string): ReplyHeaders {
  return { Link: `<${target}>; rel="next"` };
}
