import type { Problem } from '@pindrift/documents';
import type { Finding } from './finding.ts';
import { shown } from './place.ts';

/** The finding about a part of a text that could not be read: what it holds is not known. */
export function unreadableFinding({ file, document, line, column, reason }: Problem): Finding {
  return {
    code: 'unreadable',
    severity: 'error',
    message: `${shown(file)}:${line}:${column}: document ${document + 1} could not be read: ${shown(reason)}`,
    help: 'correct the YAML there',
    file,
    line,
    column,
    document,
    apiVersion: '',
    kind: '',
    namespace: '',
    name: '',
    path: '',
    text: '',
    reference: undefined,
  };
}
