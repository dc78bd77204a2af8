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
      const mended = at === undefined || work > WORK_MAX ? undefined : mend(text, at);
      if (mended === undefined) throw first;
      text = mended;
    }
  }
}

/**
 * The text with the mistake at `at` mended: the line, when it begins there, joined to the one before;
 * otherwise the tab before it, which is no mistake, made a space. Undefined where it is neither.
 */
function mend(text: string, at: number): string | undefined {
  let from = at;
  while (text[from - 1] === ' ' || text[from - 1] === '\t') from--;
  if (from > 0 && text[from - 1] === '\n') return joinLines(text, from);
  const space = text.slice(from, at);
  return space.includes('\t')
    ? text.slice(0, from) + ' '.repeat(space.length) + text.slice(at)
    : undefined;
}

/** The text with the line that begins at `start` behind the one before, whose comment goes. */
function joinLines(text: string, start: number): string {
  const before = text.lastIndexOf('\n', start - 2) + 1;
  const line = text.slice(before, start);
  const comment = line.search(/(?<=^|\s)#/);
  const kept = comment < 0 ? line.trimEnd() : line.slice(0, comment);
  return text.slice(0, before) + kept.padEnd(line.length) + text.slice(start);
}
