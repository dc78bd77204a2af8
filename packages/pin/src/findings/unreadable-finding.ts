import type { Problem } from '@pindrift/documents';
import { fileFinding } from './file-finding.ts';
import type { Finding } from './finding.ts';
import { shown } from './place.ts';

/** The finding about a part of a text that could not be read: what it holds is not known. */
export function unreadableFinding({ file, document, line, column, reason }: Problem): Finding {
  const message = `${shown(file)}:${line}:${column}: document ${document + 1} could not be read: ${shown(reason)}`;
  const help = 'correct the YAML there';
  return { ...fileFinding(file, message), help, line, column, document };
}
