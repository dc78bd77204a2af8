import { chmod } from 'node:fs/promises';
import { temporaryFolder } from './temporary-folder.ts';

/** What the helper does when asked for a server. */
export type HelperAnswer =
  | { readonly username: string; readonly secret: string }
  | {
      readonly stdout?: string;
      readonly stderr?: string;
      /** Default: 0. */
      readonly exit?: number;
      /** Never ends by itself (within ten minutes). Default: false. */
      readonly hang?: boolean;
    };

export interface CredentialHelper extends AsyncDisposable {
  /** To put on PATH. */
  readonly folder: string;
  /** To put in `credHelpers` or `credsStore`. */
  readonly name: string;
  /** The servers it was asked for, in order. */
  calls(): Promise<string[]>;
}

/**
 * Writes `docker-credential-<name>` into a folder of its own: a program that speaks the protocol of
 * Docker's credential helpers, knows these servers, and writes down what it is asked for.
 */
export async function credentialHelper(
  answers: Readonly<Record<string, HelperAnswer>>,
  name = 'test',
): Promise<CredentialHelper> {
  const folder = await temporaryFolder();
  const program = await folder.write(
    `docker-credential-${name}`,
    script(answers, await folder.write('calls', '')),
  );
  await chmod(program, 0o755);
  return {
    folder: folder.path,
    name,
    calls: async () => (await folder.read('calls')).split('\n').filter(Boolean),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** A shell script, because it starts ten times faster than Node. */
function script(answers: Readonly<Record<string, HelperAnswer>>, calls: string): string {
  const branches = Object.entries(answers).map(
    ([server, answer]) => `${quoted(server)}) ${action(server, answer)} ;;`,
  );
  return [
    '#!/bin/sh',
    `[ "$1" = get ] || { echo "Unknown credential action $1"; exit 1; }`,
    'read -r server',
    `echo "$server" >> ${quoted(calls)}`,
    'case "$server" in',
    ...branches,
    `*) echo 'credentials not found in native keychain'; exit 1 ;;`,
    'esac',
    '',
  ].join('\n');
}

function action(server: string, answer: HelperAnswer): string {
  if ('username' in answer) {
    const found = { ServerURL: server, Username: answer.username, Secret: answer.secret };
    return `printf '%s\\n' ${quoted(JSON.stringify(found))}`;
  }
  const { stdout = '', stderr = '', exit = 0, hang = false } = answer;
  return [
    `printf '%s' ${quoted(stdout)}`,
    `printf '%s' ${quoted(stderr)} >&2`,
    hang ? 'exec sleep 600' : `exit ${exit}`,
  ].join('; ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
