/** Thrown where a text needs the full YAML reader; `readSimpleYaml` catches it. */
export const NOT_SIMPLE: Error = new Error('not simple');

/** Gives up: the full reader reads the text from its beginning. */
export function bail(): never {
  throw NOT_SIMPLE;
}
