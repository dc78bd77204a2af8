import { hostedToken } from '../auth/registry-auth.ts';
import type { Exchange, Reply } from '../http/exchange.ts';
import type { Route } from '../http/route.ts';
import { deleteBlob, getBlob } from './blobs.ts';
import { getReferrers, getTags } from './lists.ts';
import { deleteManifest, getManifest, putManifest } from './manifests.ts';
import type { RegistryState } from './state.ts';
import { deleteUpload, getUpload, patchUpload, postUpload, putUpload } from './uploads.ts';

/** Repository names of the distribution specification ("Pulling manifests"). */
const NAME =
  '(?<name>[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*)';
/** A tag, or something with a colon that wants to be a digest. */
const REFERENCE = '(?<reference>\\w[\\w.-]{0,127}|[A-Za-z][\\w+.-]*(?::|%3[aA])[0-9A-Fa-f]+)';

/** The endpoints of the distribution specification, in one table. */
export const REGISTRY_ROUTES: readonly Route<RegistryState>[] = [
  { name: 'base', pattern: /^\/v2\/?$/, methods: { GET: getBase } },
  {
    name: 'token',
    pattern: /^\/token$/,
    methods: { GET: getToken, POST: getToken },
  },
  {
    name: 'manifest',
    pattern: new RegExp(`^/v2/${NAME}/manifests/${REFERENCE}$`),
    methods: { GET: getManifest, PUT: putManifest, DELETE: deleteManifest },
  },
  {
    name: 'tags',
    head: false,
    pattern: new RegExp(`^/v2/${NAME}/tags/list$`),
    methods: { GET: getTags },
  },
  {
    name: 'referrers',
    pattern: new RegExp(`^/v2/${NAME}/referrers/${REFERENCE}$`),
    methods: { GET: getReferrers },
  },
  {
    name: 'uploads',
    pattern: new RegExp(`^/v2/${NAME}/blobs/uploads/?$`),
    methods: { POST: postUpload },
  },
  {
    name: 'upload',
    pattern: new RegExp(`^/v2/${NAME}/blobs/uploads/(?<upload>[\\w-]+)$`),
    methods: { GET: getUpload, PATCH: patchUpload, PUT: putUpload, DELETE: deleteUpload },
  },
  {
    name: 'blob',
    pattern: new RegExp(`^/v2/${NAME}/blobs/${REFERENCE}$`),
    methods: { GET: getBlob, DELETE: deleteBlob },
  },
];

function getBase(): Reply {
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: Buffer.from('{}') };
}

function getToken(exchange: Exchange, { auth }: RegistryState): Reply {
  return hostedToken(exchange, auth);
}
