import { printable, printableLine } from '@pindrift/report/printable';
import { write } from './io.ts';
import type { Call } from './verb.ts';

/** Prints one line per text; each is made printable. */
export async function printLines({ io }: Call, lines: readonly string[]): Promise<void> {
  await write(io.stdout, lines.map((line) => `${printableLine(line)}\n`).join(''));
}

/** Prints bytes as they are, or printable where a terminal would act on them. */
export async function printBytes({ io }: Call, bytes: Uint8Array): Promise<void> {
  const raw = io.stdout.isTTY !== true;
  await write(io.stdout, raw ? bytes : printable(Buffer.from(bytes).toString('utf8')));
}

/** Prints text that holds nothing a terminal would act on. */
export async function printText({ io }: Call, text: string): Promise<void> {
  await write(io.stdout, text);
}

/** Says something on stderr that is no result, unless `--quiet`. */
export function note({ io, options }: Pick<Call, 'io' | 'options'>, text: string): void {
  if (options.quiet === true) return;
  io.stderr.write(`pindrift: ${printable(text)}\n`);
}
