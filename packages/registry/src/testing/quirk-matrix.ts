/** One thing that a registry in the field is known to do, and the test that says what comes of it. */
export interface Quirk {
  /** Who is known for it. */
  readonly registry: string;
  /** Where the test is, below `src`. */
  readonly file: string;
  /** The name of the test, its describe before it, `%s` where a value stands. */
  readonly test: string;
}

const that = 'a registry that';
const quirks = 'quirks.test.ts';
const registries = 'registries.test.ts';
const delivery = 'transport/delivery.test.ts';

/** Every quirk, by registry; the table in `docs/registries.md` is made of it. */
export const QUIRKS: readonly Quirk[] = [
  ...of('Docker Hub', registries, [
    `${that} counts what is read (Docker Hub) is asked by HEAD alone, once under all of its names`,
    `${that} says that nothing is left (Docker Hub) is not read from, and still asked by HEAD`,
  ]),
  ...of('Docker Hub', delivery, [
    'a request is not repeated after the pull limit of Docker Hub, which lasts for hours',
    'a host that says how much is left is not read from when it is nothing, and may still be asked by HEAD (Docker Hub)',
  ]),
  ...of('GitHub (GHCR)', registries, [
    `${that} is the one of a GitHub job (GHCR) gets the token of the job, and nobody else does`,
    `${that} says in words of Go when to come back (GHCR) is asked again then`,
  ]),
  ...of('GitHub (GHCR)', quirks, [
    `${that} refuses credentials for what is public (GHCR answers 403) is asked again without`,
  ]),
  ...of('GitHub (GHCR), and others without the API', 'manifest/referrers.test.ts', [
    'referrers of a registry that answers %s come from the tag',
    'referrers come from the %s, filtered here too',
    'referrers of a registry that %s are unknown, not none',
  ]),
  ...of('Amazon ECR', registries, [
    `${that} sends its digest on HEAD alone and wants Basic (ECR) is believed there, and hashed on GET`,
    `${that} refuses pages of more than 1,000 tags (ECR) is never asked for one`,
  ]),
  ...of('Amazon ECR Public', registries, [
    `${that} wants a scope of its own (ECR Public) is asked for one token for all repositories`,
  ]),
  ...of('Google Artifact Registry, GCR', registries, [
    `${that} issues tokens that live five minutes (Google) is asked for another one after that`,
  ]),
  ...of('Azure (ACR)', registries, [
    `${that} takes a refresh token by POST and is busy (ACR) is asked by POST again`,
  ]),
  ...of('GitLab', registries, [
    `${that} has its token service on another host of its site (GitLab) gets its credentials sent there`,
  ]),
  ...of('Quay', registries, [
    `${that} has page tokens of its own (Quay) is followed as its Link says, on the same list`,
  ]),
  ...of('Harbor', registries, [
    `${that} names itself as the realm and has robots (Harbor) gets the robot there`,
  ]),
  ...of('Harbor', quirks, [
    `${that} declares another length on HEAD than on GET (Harbor) is no matter`,
  ]),
  ...of('Artifactory', registries, [
    `${that} leaves a part of the path out of its Link (Artifactory) is asked for what comes after its last tag`,
  ]),
  ...of('Artifactory', quirks, [
    `${that} sends application/octet-stream (Artifactory) is read by GET, and the body names its type`,
  ]),
  ...of('Red Hat, Nexus, Artifactory', quirks, [
    `${that} never sends a digest (Red Hat, Nexus) is read by GET`,
  ]),
  ...of('Red Hat', quirks, [
    `${that} compresses what it was asked not to (registry.access.redhat.com) is understood`,
  ]),
  ...of('Forgejo, Codeberg', quirks, [
    `${that} sends two challenges in one header, with scope * (Forgejo), is asked for one token in all`,
  ]),
  ...of('registry.k8s.io', registries, [
    `${that} is a front of another one (registry.k8s.io) is followed, and the login for that one stays at home`,
  ]),
  ...of('registry.k8s.io', quirks, [
    `${that} keeps blobs and manifests elsewhere (registry.k8s.io) is followed without credentials`,
  ]),
  ...of('lscr.io and other gateways', quirks, [
    `${that} is a gateway to another registry (lscr.io) gets an anonymous token from that one`,
  ]),
  ...of('mcr.microsoft.com', registries, [
    `${that} is busy without a word of JSON (mcr.microsoft.com) is asked again, and told from one that fails`,
  ]),
  ...of('mcr.microsoft.com', quirks, [
    `${that} answers errors as plain text (mcr.microsoft.com) or not at all is quoted as far as it can be`,
  ]),
  ...of('DigitalOcean', quirks, [`${that} wants a larger scope is asked with the new one first`]),
  ...of('crane', quirks, [
    'the list of tags without a Link is continued after the last tag (crane)',
  ]),
  ...of('distribution', quirks, [
    'the list of tags may be null',
    'the list of tags may come in any order, twice, with what cannot be a tag',
    `${that} answers in schema 1 is told from one that answers wrong`,
  ]),
  ...of('pull-through caches and mirrors', 'mirrors.test.ts', [
    'a mirror is never asked what a tag means, unless it is trusted with that',
    'a mirror that fails is passed over, and gets its own credentials only',
    'what a mirror changed is refused',
  ]),
  ...of('proxies and servers of all kinds', quirks, [
    `${that} has its digest header %s on HEAD is asked by GET, and the bytes decide`,
    `${that} sends parameters and capitals in its type is believed`,
    `${that} hashes the empty body of its HEAD is not believed`,
    `${that} answers HEAD with %d is asked by GET from then on`,
    `${that} says 404 to HEAD and knows the tag by GET is believed by GET`,
    `${that} sends a body behind the head of its HEAD is survived`,
    `${that} issues tokens in either field, with any lifetime and a clock that is wrong, is asked for one`,
    `${that} revokes a token before its time is asked with a new one, once`,
    `${that} is a web page with status %d is not taken for a registry`,
    `${that} speaks no HTTP is a protocol fault`,
  ]),
];

function of(registry: string, file: string, tests: readonly string[]): Quirk[] {
  return tests.map((test) => ({ registry, file, test }));
}

/** The matrix as Markdown; names are sentences, so that they say what comes of each quirk. */
export function quirkTable(): string {
  const rows = QUIRKS.map(
    ({ registry, file, test }) =>
      `| ${registry} | ${test.replaceAll(/%[sdj]/g, '…')} | \`${file}\` |`,
  );
  const head =
    '| who is known for it | what comes of it: the name of the test | in |\n|---|---|---|';
  return [head, ...rows].join('\n');
}

/** What is seen of a test that has run, and of a suite of them. */
export interface Ran {
  readonly name: string;
  readonly tasks?: readonly Ran[];
  readonly result?: { readonly state?: string } | undefined;
}

/** For `afterAll`: prints the rows of a test file, each with whether all of its tests passed. */
export function printQuirks(url: string): (context: object, suite: Ran) => void {
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads off it that no fixture is wanted
  return ({}, suite) => {
    const rows = QUIRKS.filter((quirk) => url.endsWith(`/${quirk.file}`)).map(
      (quirk) => `${stateOf(quirk, flatten(suite, ''))} | ${quirk.registry} | ${quirk.test}`,
    );
    process.stdout.write(['quirk matrix', ...rows, '', ''].join('\n'));
  };
}

function stateOf({ test }: Quirk, ran: readonly Outcome[]): 'pass' | 'FAIL' | 'not run' {
  const pattern = patternOf(test);
  const states = ran.filter(({ name }) => pattern.test(name)).map(({ state }) => state);
  if (states.includes('fail')) return 'FAIL';
  return states.includes('pass') ? 'pass' : 'not run';
}

/** Finds a test by its name as it stands in the source. */
function patternOf(name: string): RegExp {
  const parts = name.split(/%[sdj]/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`);
}

interface Outcome {
  readonly name: string;
  readonly state: string;
}

function flatten(task: Ran, prefix: string): Outcome[] {
  return (task.tasks ?? []).flatMap((inner) => {
    const name = prefix === '' ? inner.name : `${prefix} ${inner.name}`;
    const own = inner.tasks === undefined ? [{ name, state: inner.result?.state ?? '' }] : [];
    return [...own, ...flatten(inner, name)];
  });
}
