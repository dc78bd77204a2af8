/** Where something stands inside a document: keys and zero-based indexes from the root. */
export type Path = readonly (string | number)[];

/** One thing that is not as it should be in a configuration, a lock or a functionConfig. */
export interface ShapeProblem {
  readonly path: Path;
  /** Whether the key or its value is meant. */
  readonly at: 'key' | 'value';
  readonly message: string;
  /** The keys that would have been right, where the key is unknown. */
  readonly known?: readonly string[];
}

/**
 * A path on the way down, the last step first; undefined is the root. A lock has thousands of values
 * and nearly never a problem, so the array is made only for what is wrong.
 */
export type Trail = { readonly above: Trail; readonly step: string | number } | undefined;

/** Adds to `found` what is wrong with `value`; adds nothing where all is well. */
export type Shape = (value: unknown, trail: Trail, found: ShapeProblem[]) => void;

/** All that is wrong with a value, in the order in which it stands. */
export function problemsOf(value: unknown, shape: Shape): ShapeProblem[] {
  const found: ShapeProblem[] = [];
  shape(value, undefined, found);
  return found;
}

/** A mapping that has these keys and no others. */
export function mapping(
  keys: Readonly<Record<string, Shape>>,
  required: readonly string[] = [],
): Shape {
  return (value, trail, found) => {
    if (!isMapping(value)) return wrong(found, trail, `must be a mapping, not ${described(value)}`);
    for (const [key, inner] of Object.entries(value)) {
      const shape = Object.hasOwn(keys, key) ? keys[key] : undefined;
      if (shape !== undefined) shape(inner, { above: trail, step: key }, found);
      else found.push(unknownKey({ above: trail, step: key }, Object.keys(keys)));
    }
    for (const key of required) {
      if (!Object.hasOwn(value, key)) wrong(found, trail, `needs the key ${key}`);
    }
  };
}

/** A mapping from any key that passes `key` to values of one shape. */
export function mapOf(item: Shape, key: (text: string) => string | undefined): Shape {
  return (value, trail, found) => {
    if (!isMapping(value)) return wrong(found, trail, `must be a mapping, not ${described(value)}`);
    for (const [name, inner] of Object.entries(value)) {
      const problem = key(name);
      const below = { above: trail, step: name };
      if (problem !== undefined) found.push({ path: pathOf(below), at: 'key', message: problem });
      else item(inner, below, found);
    }
  };
}

/** A list of values of one shape. */
export function listOf(item: Shape): Shape {
  return (value, trail, found) => {
    if (!Array.isArray(value))
      return wrong(found, trail, `must be a list, not ${described(value)}`);
    for (const [step, inner] of value.entries()) item(inner, { above: trail, step }, found);
  };
}

/** A non-empty string for which `test` has no complaint. */
export function textThat(test: (text: string) => string | undefined = () => undefined): Shape {
  return (value, trail, found) => {
    if (typeof value !== 'string') {
      return wrong(found, trail, `must be a string, not ${described(value)}`);
    }
    const problem = value === '' ? 'must not be empty' : test(value);
    if (problem !== undefined) wrong(found, trail, problem);
  };
}

/** One of a few words. */
export function oneOf(...words: readonly string[]): Shape {
  return (value, trail, found) => {
    if (typeof value === 'string' && words.includes(value)) return;
    wrong(found, trail, `must be ${words.join(' or ')}, not ${described(value)}`);
  };
}

export const flag: Shape = (value, trail, found) => {
  if (typeof value !== 'boolean') {
    wrong(found, trail, `must be true or false, not ${described(value)}`);
  }
};

/** A whole number from `least` up. */
export function wholeNumber(least: number): Shape {
  return (value, trail, found) => {
    if (Number.isSafeInteger(value) && (value as number) >= least) return;
    wrong(found, trail, `must be a whole number from ${least} up, not ${described(value)}`);
  };
}

/** A mapping from strings to strings, such as labels and annotations. */
export const textMap: Shape = mapOf(
  (value, trail, found) => {
    if (typeof value !== 'string') wrong(found, trail, `must be a string, not ${described(value)}`);
  },
  () => undefined,
);

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `spec.images[3].digest`; keys that hold dots or slashes stand in brackets and quotes. */
export function formatPath(path: Path): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (!/^[\w-]+$/.test(part)) text += `[${JSON.stringify(part)}]`;
    else text += text === '' ? part : `.${part}`;
  }
  return text;
}

/** The steps of a trail from the root. */
export function pathOf(trail: Trail): Path {
  const steps: (string | number)[] = [];
  for (let at = trail; at !== undefined; at = at.above) steps.push(at.step);
  return steps.reverse();
}

/** Adds that the value at the end of a trail is wrong. */
export function wrong(found: ShapeProblem[], trail: Trail, message: string): void {
  found.push({ path: pathOf(trail), at: 'value', message });
}

function unknownKey(trail: Trail, known: readonly string[]): ShapeProblem {
  return { path: pathOf(trail), at: 'key', message: 'unknown key', known };
}

/** Says the kind of a value; the value itself only where it is short, as it may be a secret. */
function described(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return 'a string';
  return `the ${typeof value} ${String(value)}`;
}
