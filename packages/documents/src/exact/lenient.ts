/** How many bytes a repair may read altogether: many lines of a small text, a few of a large one. */
const WORK_MAX = 64 * 1024 * 1024;

/**
 * Reads a text whose brackets or quotes go on in lines that are not deep enough:
 *
 * ```yaml
 * spec: {
 *   containers: []
 * }
 * ```
 *
 * YAML forbids it, and Go's YAML libraries, and with them kubectl, Helm and kustomize, read it. Each
 * such line is joined to the one before, in place, so that offsets stay what they are. `read` throws
 * for the first one; `refusal` says where it is, or undefined for other errors, which are thrown.
 */
export function readLeniently<T>(
  text: string,
  read: (text: string) => T,
  refusal: (error: unknown) => number | undefined,
): T {
  let first: unknown;
  for (let work = 0; ; work += text.length) {
    try {
      return read(text);
    } catch (error) {
      first ??= error;
      const at = refusal(error);
      const joined = at === undefined || work > WORK_MAX ? undefined : joinLines(text, at);
      if (joined === undefined) throw first;
      text = joined;
    }
  }
}

/** The text with the line of `at` and the one before on one line; undefined where there is none. */
function joinLines(text: string, at: number): string | undefined {
  const breakEnd = text.lastIndexOf('\n', at - 1) + 1;
  if (breakEnd === 0) return undefined;
  const lineStart = text.lastIndexOf('\n', breakEnd - 2) + 1;
  const line = text.slice(lineStart, breakEnd);
  const comment = line.search(/(?<=^|\s)#/);
  const kept = comment < 0 ? line.trimEnd() : line.slice(0, comment);
  return text.slice(0, lineStart) + kept.padEnd(line.length) + text.slice(breakEnd);
}
