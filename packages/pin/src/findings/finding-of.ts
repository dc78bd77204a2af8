import type { ImageOccurrence } from '@pindrift/documents';
import type { Finding, FindingCode, Severity } from './finding.ts';
import { FINDING_CODES } from './finding-codes.ts';
import { describePlace } from './place.ts';
import { withoutPassword } from './without-password.ts';

/** What is to be said about one occurrence. */
export interface Remark {
  readonly code: FindingCode;
  /** The end of the sentence that begins with the place. */
  readonly says: string;
  readonly help: string;
  readonly severity?: Severity | undefined;
  /** The digest that the reference should have. */
  readonly expected?: string | undefined;
}

/** A finding about one occurrence, its place in front of the message. */
export function findingOf(occurrence: ImageOccurrence, remark: Remark): Finding {
  const { code, says, help, severity = FINDING_CODES[code].severity, expected } = remark;
  const { file, line, column, document, apiVersion, kind, namespace, name, path } = occurrence;
  return {
    code,
    severity,
    message: `${describePlace(occurrence)}: ${says}`,
    help,
    file,
    line,
    column,
    document,
    apiVersion,
    kind,
    namespace,
    name,
    path,
    text: withoutPassword(occurrence.text),
    reference: occurrence.reference,
    ...(expected === undefined ? undefined : { expected }),
  };
}
