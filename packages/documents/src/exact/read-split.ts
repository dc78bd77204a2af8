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
  readonly registry: Value | undefined;
  readonly repository: Value;
  readonly tag: Value | undefined;
  readonly digest: Value | undefined;
}

/** The references of a resource whose parts stand in several fields. */
export function readSplits(
  source: { readonly bytes: Buffer; readonly tree: YamlTree; readonly offset: number },
  resource: Resource,
  root: number,
  splits: readonly SplitPlan[],
): ImageSite[] {
  return splits.flatMap((split) =>
    expand(source.tree, root, split.repository).flatMap((found) => {
      const parts = readParts(source.tree, root, split, found);
      return parts === undefined ? [] : [siteOf(source, resource, parts, found.path, split)];
    }),
  );
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
  const entries = entriesOf(tree, target);
  const taken = step.step === 'values' ? entries : entries.filter(({ key }) => key === step.key);
  return taken.map(({ key, value }) => ({
    event: value,
    bindings: step.step === 'values' ? [...bindings, key] : bindings,
    path: path === '' ? key : `${path}${formatKey(key)}`,
  }));
}

function readParts(
  tree: YamlTree,
  root: number,
  split: SplitPlan,
  { event, bindings }: Found,
): Parts | undefined {
  const repository = valueAt(tree, event);
  if (repository === undefined) return undefined;
  const part = (path: string | undefined): Value | undefined => {
    if (path === undefined) return undefined;
    const found = expand(tree, root, path).find((one) => startsWith(bindings, one.bindings));
    return found && valueAt(tree, found.event);
  };
  return {
    registry: part(split.registry),
    repository,
    tag: part(split.tag),
    digest: part(split.digest),
  };
}

function startsWith(bindings: Bindings, own: Bindings): boolean {
  return own.every((binding, at) => binding === bindings[at]);
}

function valueAt(tree: YamlTree, event: number): Value | undefined {
  const value = readValue(tree, follow(tree, event));
  return value?.text === '' ? undefined : value;
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
  const problem = problemOfParts(parts, text, split);
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
