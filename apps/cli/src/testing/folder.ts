import { temporaryFolder } from '@pindrift/testing';
import { pindrift, type Said, type TerminalOptions } from './terminal.ts';

/** A folder with files in it, and the command line run there. */
export interface WorkFolder extends AsyncDisposable {
  readonly path: string;
  write(name: string, content: string | Uint8Array): Promise<string>;
  read(name: string): Promise<string>;
  /** Runs `pindrift` with these arguments in the folder. */
  run(...argv: readonly string[]): Promise<Said>;
  /** The same, and what is on stdout as bytes. */
  runBytes(...argv: readonly string[]): Promise<Uint8Array>;
  runWith(options: TerminalOptions, ...argv: readonly string[]): Promise<Said>;
}

/** Makes a folder with these files; use it with `await using`. */
export async function workFolder(
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<WorkFolder> {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) await folder.write(name, content);
  return {
    path: folder.path,
    write: folder.write,
    read: folder.read,
    run: (...argv) => pindrift(folder.path, argv),
    runBytes: async (...argv) =>
      Buffer.from((await pindrift(folder.path, argv, { encoding: 'latin1' })).stdout, 'latin1'),
    runWith: (options, ...argv) => pindrift(folder.path, argv, options),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}
