/** One step of a field path: a key, every value of a mapping, or every item of a list. */
export type PathStep =
  | { readonly step: 'key'; readonly key: string }
  | { readonly step: 'values' }
  | { readonly step: 'items' };

/**
 * Splits a field path into its steps: `spec.nodes[*].image` has four, the third of them every item
 * of a list. `[]` says the same as `[*]`. Throws a `RangeError` that names the path and the place
 * that does not belong there.
 */
export function parseFieldPath(path: string): PathStep[] {
  const steps: PathStep[] = [];
  const step = /\[\*?\]|\['([^']+)'\]|\["([^"]+)"\]|(?:^|\.)([^.[\]'"]+)/y;
  while (step.lastIndex < path.length) {
    const at = step.lastIndex;
    const match = step.exec(path);
    if (match === null) {
      throw new RangeError(`the field path ${JSON.stringify(path)} cannot be read from ${at} on`);
    }
    steps.push(stepOf(match));
  }
  return steps;
}

function stepOf(match: RegExpExecArray): PathStep {
  const key = match[1] ?? match[2];
  if (key !== undefined) return { step: 'key', key };
  const name = match[3];
  if (name === undefined) return { step: 'items' };
  return name === '*' ? { step: 'values' } : { step: 'key', key: name };
}

/** The key as a path shows it: `.image`, or `['a.b/c']` where a dot would mislead. */
export function formatKey(key: string): string {
  return /^[^.[\]'"]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
