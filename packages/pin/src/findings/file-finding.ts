import type { Finding } from './finding.ts';

/**
 * The `unreadable` finding about a whole file or folder: what it names is not known. `message` says
 * which it is and why.
 */
export function fileFinding(file: string, message: string): Finding {
  return {
    code: 'unreadable',
    severity: 'error',
    message,
    help: 'make it readable, or leave it out',
    file,
    line: 1,
    column: 1,
    document: 0,
    apiVersion: '',
    kind: '',
    namespace: '',
    name: '',
    path: '',
    text: '',
    reference: undefined,
  };
}
