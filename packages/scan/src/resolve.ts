import { parseReference } from '@pindrift/reference';
import type { Registry } from '@pindrift/registry';
import { type Answer, type AskOptions, askAll, stopOf } from './ask.ts';
import type { OnEvent } from './scan-event.ts';
import type { Subject } from './subject.ts';

/** Everything that the registries said, by canonical name. */
export interface Resolution {
  /** By name and tag. */
  readonly tags: ReadonlyMap<string, Answer>;
  /** By name and digest; what some tag names exists, and nobody asked again. */
  readonly pins: ReadonlyMap<string, Answer>;
  /** Every name and digest that some tag names. */
  readonly named: ReadonlySet<string>;
  /** What stands in the index behind a name and digest; undefined where that is not known. */
  readonly members: ReadonlyMap<string, ReadonlySet<string>>;
  /** Unique tags and digests that were asked about. */
  readonly asked: { readonly tags: number; readonly digests: number };
  /** Questions that were not asked, as the scan was stopped. */
  readonly left: number;
}

export interface ResolveOptions {
  readonly registry: Pick<Registry, 'resolve' | 'manifest'>;
  readonly signal: AbortSignal | undefined;
  readonly concurrency: number;
  /** Told about each tag as it is answered. */
  readonly onTag: (tag: string, answer: Answer) => void;
  readonly onEvent: OnEvent;
}

const INDEX_TYPES: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]);

/**
 * Asks about each unique tag once, then about each digest that no tag's answer has proven, then
 * reads each index that a pinned single image may be a part of.
 */
export async function resolveAll(
  subjects: readonly Subject[],
  options: ResolveOptions,
): Promise<Resolution> {
  const asked = subjects.filter(({ left }) => left === undefined);
  const tags = await askAll(
    asked.flatMap(({ tag }) => tag ?? []),
    { ...options, ...counting(asked, 'tag', options) },
  );
  const proven = provenBy(asked, tags.answers);
  const unproven = asked.filter(({ pin }) => pin !== undefined && !proven.has(pin));
  const pins = await askAll(
    unproven.flatMap(({ pin }) => pin ?? []),
    { ...options, ...counting(unproven, 'pin', options) },
  );
  const count = {
    tags: tags.answers.size - tags.left,
    digests: pins.answers.size - pins.left,
  };
  options.onEvent({ kind: 'asked', ...count });
  const found = { tags: tags.answers, pins: new Map([...proven, ...pins.answers]) };
  const members = await readIndexes(asked, found, options);
  const named = new Set(proven.keys());
  return { ...found, named, members, asked: count, left: tags.left + pins.left };
}

/** The canonical name of what a tag names now. */
export function nameOfTarget({ repository }: Subject, digest: string): string {
  return `${repository}@${digest}`;
}

/** What tags name exists; by name and digest. */
function provenBy(
  subjects: readonly Subject[],
  tags: ReadonlyMap<string, Answer>,
): ReadonlyMap<string, Answer> {
  const proven = new Map<string, Answer>();
  for (const subject of subjects) {
    const answer = subject.tag === undefined ? undefined : tags.get(subject.tag);
    if (answer?.kind === 'found') proven.set(nameOfTarget(subject, answer.digest), answer);
  }
  return proven;
}

function counting(
  subjects: readonly Subject[],
  of: 'tag' | 'pin',
  { onEvent, onTag }: ResolveOptions,
): Pick<AskOptions, 'onAnswer'> {
  const total = new Set(subjects.flatMap((subject) => subject[of] ?? [])).size;
  let done = 0;
  return {
    onAnswer: (name, answer) => {
      done++;
      onEvent({ kind: 'asking', done, total });
      if (of === 'tag') onTag(name, answer);
    },
  };
}

/** One manifest is read for each index that a tag names while a single image of it may be pinned. */
async function readIndexes(
  subjects: readonly Subject[],
  found: Pick<Resolution, 'tags' | 'pins'>,
  { registry, signal }: ResolveOptions,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const wanted = new Set(subjects.flatMap((subject) => indexBehind(subject, found) ?? []));
  const members = new Map<string, ReadonlySet<string>>();
  const stop = stopOf(signal);
  for (const name of wanted) {
    if (signal?.aborted === true) break;
    const digests = await Promise.race([readMembers(registry, name), stop]);
    if (digests !== undefined) members.set(name, digests);
  }
  return members;
}

function indexBehind(
  subject: Subject,
  { tags, pins }: Pick<Resolution, 'tags' | 'pins'>,
): string | undefined {
  const { tag, pin } = subject;
  if (tag === undefined || pin === undefined) return undefined;
  const [current, pinned] = [tags.get(tag), pins.get(pin)];
  if (current?.kind !== 'found' || pinned?.kind !== 'found') return undefined;
  if (!INDEX_TYPES.has(current.mediaType) || INDEX_TYPES.has(pinned.mediaType)) return undefined;
  return nameOfTarget(subject, current.digest);
}

async function readMembers(
  registry: Pick<Registry, 'manifest'>,
  name: string,
): Promise<ReadonlySet<string> | undefined> {
  try {
    const { bytes } = await registry.manifest(parseReference(name));
    const { manifests } = JSON.parse(Buffer.from(bytes).toString('utf8')) as {
      manifests?: readonly { readonly digest?: unknown }[];
    };
    return new Set(
      (manifests ?? []).flatMap(({ digest }) => (typeof digest === 'string' ? [digest] : [])),
    );
  } catch {
    // Then the pinned image counts as what the tag named before, which is what it looks like.
    return undefined;
  }
}
