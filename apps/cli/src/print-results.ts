import type { Finding } from '@pindrift/pin';
import {
  formatFinding,
  formatJson,
  type JsonDocument,
  jsonDocument,
  type Layout,
  wantsColor,
} from '@pindrift/report';
import type { Input } from './inputs.ts';
import { type Sink, write } from './io.ts';
import type { Call } from './verb.ts';

/** How tables are laid out on stdout: as wide as the terminal, or as it gets for a program. */
export function layoutOf(call: Call): Layout {
  const { stdout } = call.io;
  const width = stdout.isTTY === true ? stdout.columns : undefined;
  return { color: colorOf(call, stdout), ...(width !== undefined && { width }) };
}

/** Prints a document of a verb that has none in the reports: sections under its `$schema`. */
export async function printJson(
  { io }: Call,
  name: string,
  sections: Readonly<Record<string, unknown>>,
): Promise<void> {
  await write(io.stdout, formatJson(jsonDocument(name, sections)));
}

/** Prints one JSON document. */
export async function printDocument({ io }: Call, document: JsonDocument): Promise<void> {
  await write(io.stdout, formatJson(document));
}

/** A source line is looked for from the start of its file; more of them say nothing more. */
const MOST_EXCERPTS = 50;

/** Prints findings for a person: place, what is wrong, the source line, and what mends it. */
export async function printFindings(
  call: Call,
  sink: Sink,
  findings: readonly Finding[],
  sources: readonly Input[] = [],
): Promise<void> {
  const color = colorOf(call, sink);
  const texts = new Map(sources.map(({ file, bytes }) => [file, bytes]));
  const parts = findings.map((finding, at) => {
    const bytes = at < MOST_EXCERPTS ? texts.get(finding.file) : undefined;
    const source = bytes === undefined ? {} : { source: Buffer.from(bytes).toString('utf8') };
    return formatFinding(finding, { color, ...source });
  });
  await write(sink, parts.join(''));
}

function colorOf({ io, options }: Call, sink: Sink): boolean {
  return wantsColor({ env: io.env, isTTY: sink.isTTY === true, color: options.color });
}
