/** A known fault of clients like this one, and the tests that fail when it comes back here. */
export interface Advisory {
  /** As it is known in public. */
  readonly id: string;
  /** Where it was found. */
  readonly component: string;
  /** What this client must not do. */
  readonly lesson: string;
  /** File below `src`, and names of tests in it. */
  readonly tests: Readonly<Record<string, readonly string[]>>;
}

const hostile = 'hostile.test.ts';
const advisories = 'advisories.test.ts';
const realm = 'auth/realm.test.ts';
const links = 'manifest/link.test.ts';
const copies = 'copy/copy-image.test.ts';
const keys = 'credentials/file-keychain.test.ts';

const foreignRealm = {
  [hostile]: [
    'a token service that is none of the registry gets no credentials (CVE-2026-48978, CVE-2026-33540)',
    'a token service %s is not asked, not even without credentials',
  ],
  [realm]: [
    'with credentials, a token service of %s may not be %s',
    'in any case, a token service of %s may not be %s',
  ],
};

/** Every advisory about clients of registries up to November 2026 that concerns what is done here. */
export const ADVISORIES: readonly Advisory[] = [
  {
    id: 'CVE-2020-15157, go-containerregistry #2293',
    component: 'containerd, go-containerregistry',
    lesson: 'the urls of a descriptor are not followed, and no credentials go there',
    tests: {
      [advisories]: ['a descriptor with addresses of its own is read from its registry alone'],
    },
  },
  {
    id: 'CVE-2020-1702',
    component: 'containers/image',
    lesson: 'no answer is read beyond its limit',
    tests: { [hostile]: ['what is sent %s is cut off (CVE-2020-1702)'] },
  },
  {
    id: 'CVE-2021-41190',
    component: 'OCI specifications, containerd, distribution',
    lesson: 'no body is an index and an image at once',
    tests: {
      [hostile]: ['what is sent as an index and an image at once is refused (CVE-2021-41190)'],
    },
  },
  {
    id: 'CVE-2024-3727',
    component: 'containers/image',
    lesson: 'no digest becomes a path before it is known to be one',
    tests: {
      [hostile]: ['what is sent as a digest never becomes part of a path (CVE-2024-3727)'],
      [advisories]: [
        'a digest that is a path is not believed in a header: %j',
        'a digest that is a path is asked for by nobody who reads a manifest: %j',
      ],
    },
  },
  {
    id: 'go-containerregistry #2243, #2284',
    component: 'go-containerregistry',
    lesson:
      'no token service of a private, metadata or unspecified address is asked for a public registry',
    tests: foreignRealm,
  },
  {
    id: 'go-containerregistry #2258, #2302',
    component: 'go-containerregistry',
    lesson: 'a private registry may be its own token service',
    tests: { [realm]: ['with credentials, a token service of %s may be %s'] },
  },
  {
    id: 'go-containerregistry #2291',
    component: 'go-containerregistry',
    lesson: 'a token service sends nobody on with credentials, and nobody to where no registry may',
    tests: {
      [hostile]: ['a token service may not pass the credentials on (go-containerregistry #2291)'],
      [advisories]: ['a token service that sends an anonymous question on to %s is not followed'],
    },
  },
  {
    id: 'go-containerregistry #2295',
    component: 'go-containerregistry',
    lesson: 'no redirect leads from a public registry to a private address',
    tests: {
      [hostile]: ['a redirect %s is not followed'],
      [advisories]: ['a redirect to %s is refused before a proxy hears of it'],
    },
  },
  {
    id: 'go-containerregistry #2296, #2328',
    component: 'go-containerregistry',
    lesson: 'no answer of a registry or token service fills the memory',
    tests: {
      [hostile]: [
        'what is sent %s is cut off (CVE-2020-1702)',
        'a token service that answers without end is cut off',
      ],
    },
  },
  {
    id: 'go-containerregistry #2332',
    component: 'go-containerregistry',
    lesson: 'pages lead nowhere else',
    tests: { [hostile]: ['the pages of a list lead nowhere else (GHSA-h7vf-4x9w-h99v)'] },
  },
  {
    id: 'go-containerregistry #2349',
    component: 'go-containerregistry',
    lesson: 'what was dropped at a redirect stays dropped',
    tests: {
      [hostile]: ['a redirect away and back does not bring the credentials back'],
      [advisories]: [
        'a redirect to a host that wants a token of its own never shows it the one for here',
      ],
    },
  },
  {
    id: 'go-containerregistry #2360',
    component: 'go-containerregistry',
    lesson:
      'the token for a host behind a redirect is asked for without credentials, and within the rules',
    tests: {
      'quirks.test.ts': [
        'a registry that is a gateway to another registry (lscr.io) gets an anonymous token from that one',
      ],
      [advisories]: ['a redirect to a host whose token service is at %s ends there'],
    },
  },
  {
    id: 'go-containerregistry #2440',
    component: 'go-containerregistry',
    lesson: 'names are judged by the addresses that are dialled',
    tests: {
      [hostile]: [
        'a redirect %s is not followed',
        'an address is refused when only one of several of a name is bad',
      ],
      [advisories]: [
        'a name that is public first and a metadata address later is judged at each connection',
      ],
    },
  },
  {
    id: 'CVE-2026-48978, GHSA-28r5-37g7-p6mp, CVE-2026-33540, CVE-2026-33990, jib #4523',
    component: 'oras-go, distribution, Docker Model Runner, Jib',
    lesson: 'credentials go to no token service of another site, and never from https to http',
    tests: foreignRealm,
  },
  {
    id: 'GHSA-vh4v-2xq2-g5cg',
    component: 'oras-go',
    lesson: 'another port or scheme is another place',
    tests: {
      [hostile]: [
        'a redirect to another port of the same host takes no credentials along (GHSA-vh4v-2xq2-g5cg)',
      ],
      [advisories]: ['a redirect by %d takes nothing along'],
    },
  },
  {
    id: 'CVE-2026-50151',
    component: 'oras-go',
    lesson: 'an upload takes no credentials to another place',
    tests: {
      [copies]: ['a copy takes no credentials to where an upload is sent (CVE-2026-50151)'],
      [advisories]: ['an upload that is sent to %s is not sent'],
    },
  },
  {
    id: 'GHSA-h7vf-4x9w-h99v',
    component: 'oras-go',
    lesson: 'a Link leads to the same list of the same registry',
    tests: {
      [hostile]: ['the pages of a list lead nowhere else (GHSA-h7vf-4x9w-h99v)'],
      [links]: ['the next page %s is not followed'],
      [advisories]: ['pages of referrers lead nowhere else'],
    },
  },
  {
    id: 'GHSA-298f-872v-2rcx',
    component: 'oras, oras-go',
    lesson: 'every list ends',
    tests: {
      [hostile]: [
        'the pages of a list end, although there is always a next one: %s (GHSA-298f-872v-2rcx)',
      ],
      'manifest/referrers.test.ts': ['referrers of a registry that %s are unknown, not none'],
    },
  },
  {
    id: 'GHSA-f36w-mj3v-6jqv, CVE-2026-50162, CVE-2026-50163',
    component: 'oras-go',
    lesson: 'no size is believed that cannot be, and none decides how much is read',
    tests: {
      [advisories]: [
        'a descriptor with the size %j is not read and not copied',
        'a descriptor of a configuration beyond the limit is cut off at the limit',
      ],
    },
  },
  {
    id: 'regclient 39de02d, 1a80807, 054c72c',
    component: 'regclient',
    lesson: 'no redirect leads to http or to private addresses, also through a proxy',
    tests: {
      [hostile]: ['a redirect %s is not followed'],
      [advisories]: ['a redirect to %s is refused before a proxy hears of it'],
    },
  },
  {
    id: 'sigstore-js 85c58380',
    component: '@sigstore/oci',
    lesson: 'a login is for exactly its host, not for hosts that contain its name',
    tests: {
      [keys]: ['the key of an entry %s has the entry %s: %s'],
      [advisories]: [
        'a login is for exactly its host: look-alikes of the name and other ports do not get it',
        'a login that is configured is for exactly its host and port',
      ],
    },
  },
  {
    id: 'connaisseur #2166',
    component: 'Connaisseur',
    lesson: 'a login is for whole segments of a path',
    tests: {
      [keys]: [
        'the key of an entry %s has the entry %s: %s',
        'the key of an entry with the longest path wins',
      ],
    },
  },
  {
    id: 'helm 2fb05f8',
    component: 'Helm',
    lesson: 'the scheme is decided before there are credentials',
    tests: { [advisories]: ['a login never goes over http because TLS failed'] },
  },
];
