import { formatKey, type PathStep, parseFieldPath } from '../field-path.ts';
import type { SplitPlan } from '../field-plan.ts';
import { ignoreComment } from '../ignore-comment.ts';
import type { ImageSite, Resource, SiteProblem } from '../image-site.ts';
import { isTemplated } from '../image-value.ts';
import { entriesOf } from './mapping-entries.ts';
import { readValue, type Value } from './read-leaf.ts';
import { follow, isMapping, isSequence, membersOf, type YamlTree } from './yaml-tree.ts';

/** What the wildcards of a path stood for: an index or a key each. */
type Bindings = readonly (number | string)[];

interface Found {
  readonly event: number;
  readonly bindings: Bindings;
  readonly path: string;
}

interface Parts {
  readonly registry: Part | undefined;
  readonly repository: Part;
  readonly tag: Part | undefined;
  readonly digest: Part | undefined;
}

interface Part extends Value {
  /** An alias stands for it, here or elsewhere: a digest in it would change more than this image. */
  readonly aliased: boolean;
}

/** The references of a resource whose parts stand in several fields. */
export function readSplits(
  source: { readonly bytes: Buffer; readonly tree: YamlTree; readonly offset: number },
  resource: Resource,
  root: number,
  splits: readonly SplitPlan[],
): ImageSite[] {
  return splits.flatMap((split) => {
    const partOf = (path: string | undefined): PartOf => indexPart(source.tree, root, path);
    const [registry, tag, digest] = [
      partOf(split.registry),
      partOf(split.tag),
      partOf(split.digest),
    ];
    return expand(source.tree, root, split.repository).flatMap(({ event, bindings, path }) => {
      const repository = valueAt(source.tree, event);
      if (repository === undefined) return [];
      const parts = {
        registry: registry(bindings),
        repository,
        tag: tag(bindings),
        digest: digest(bindings),
      };
      return [siteOf(source, resource, parts, path, split)];
    });
  });
}

/** The value of another part for what the wildcards of the repository stood for. */
type PartOf = (bindings: Bindings) => Part | undefined;

function indexPart(tree: YamlTree, root: number, path: string | undefined): PartOf {
  const found = path === undefined ? [] : expand(tree, root, path);
  const index = new Map(found.map(({ bindings, event }) => [JSON.stringify(bindings), event]));
  const count = found[0]?.bindings.length ?? 0;
  return (bindings) => {
    const event = index.get(JSON.stringify(bindings.slice(0, count)));
    return event === undefined ? undefined : valueAt(tree, event);
  };
}

/** Everything that a path with wildcards leads to. */
function expand(tree: YamlTree, root: number, path: string): Found[] {
  let found: Found[] = [{ event: root, bindings: [], path: '' }];
  for (const step of parseFieldPath(path)) found = found.flatMap((at) => take(tree, at, step));
  return found;
}

function take(tree: YamlTree, { event, bindings, path }: Found, step: PathStep): Found[] {
  const target = follow(tree, event);
  if (step.step === 'items') {
    if (!isSequence(tree, target)) return [];
    return membersOf(tree, target).map((member, index) => ({
      event: member,
      bindings: [...bindings, index],
      path: `${path}[${index}]`,
    }));
  }
  if (!isMapping(tree, target)) return [];
  const { entries } = entriesOf(tree, target);
  const taken = step.step === 'values' ? entries : entries.filter(({ key }) => key === step.key);
  return taken.map(({ key, value }) => ({
    event: value,
    bindings: step.step === 'values' ? [...bindings, key] : bindings,
    path: path === '' ? key : `${path}${formatKey(key)}`,
  }));
}

function valueAt(tree: YamlTree, event: number): Part | undefined {
  const target = follow(tree, event);
  const value = readValue(tree, target);
  if (value === undefined || value.text === '') return undefined;
  return { ...value, aliased: aliasedIn(tree).has(target) };
}

const aliasedIn = remember((tree: YamlTree) => new Set(tree.targets.values()));

function remember<Key extends object, Result>(make: (key: Key) => Result): (key: Key) => Result {
  const known = new WeakMap<Key, Result>();
  return (key) => {
    const result = known.get(key) ?? make(key);
    known.set(key, result);
    return result;
  };
}

function siteOf(
  { bytes, offset }: { readonly bytes: Buffer; readonly offset: number },
  resource: Resource,
  parts: Parts,
  path: string,
  split: SplitPlan,
): ImageSite {
  const { repository, tag, digest } = parts;
  const at = digest ?? tag ?? repository;
  const end = offset + at.end;
  const comment = ignoreComment(bytes, offset + repository.end) ?? ignoreComment(bytes, end);
  const leaf = { finder: split.finder, confidence: 'medium', pattern: undefined } as const;
  const text = joinParts(parts);
  const problem = problemOfParts(parts, text, split) ?? (at.aliased ? 'shared-value' : undefined);
  const { confidence } = leaf;
  return {
    start: offset + at.start,
    end,
    text,
    resource,
    leaf,
    path,
    confidence,
    problem,
    comment,
  };
}

function joinParts({ registry, repository, tag, digest }: Parts): string {
  const name = registry
    ? `${registry.text.replace(/\/$/, '')}/${repository.text}`
    : repository.text;
  return `${name}${tag ? `:${tagText(tag)}` : ''}${digest ? `@${digest.text}` : ''}`;
}

/** A number is read as a number: `1.10` becomes `1.1`, which is what runs. */
function tagText({ text, problem }: Value): string {
  const number = Number(text.replaceAll('_', ''));
  return problem === 'not-a-string' && !Number.isNaN(number) ? String(number) : text;
}

function problemOfParts(parts: Parts, text: string, split: SplitPlan): SiteProblem | undefined {
  const { tag, digest, repository } = parts;
  if (isTemplated(text)) return 'templated';
  if (tag !== undefined && tagText(tag) !== tag.text) return 'numeric-tag';
  const others = [parts.registry, repository, digest].map((part) => part?.problem);
  const problem = others.find((part) => part !== undefined);
  if (problem !== undefined) return problem;
  const named = tag ?? digest;
  return named === undefined && split.tag !== undefined && !/[:@][^/]*$/.test(repository.text)
    ? 'unpinnable'
    : undefined;
}
