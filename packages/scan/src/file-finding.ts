import type { Finding } from '@pindrift/pin';

/** The finding about a file, or a folder, that could not be read: what it names is not known. */
export function fileFinding(file: string, message: string): Finding {
  return {
    code: 'unreadable',
    severity: 'error',
    message,
    help: 'make it readable, or leave it out of what is scanned',
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
