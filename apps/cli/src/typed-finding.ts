import { FINDING_CODES, type Finding, lockKey, type Remark } from '@pindrift/pin';
import type { ImageReference } from '@pindrift/reference';
import { isLayout } from './layouts.ts';

/** A finding about a reference that was typed: it stands in no file and on no line. */
export function typedFinding(reference: ImageReference, remark: Remark): Finding {
  const { code, says, help, severity = FINDING_CODES[code].severity } = remark;
  return {
    code,
    severity,
    message: `${reference.text}: ${says}`,
    help,
    file: '',
    line: 1,
    column: 1,
    document: 0,
    apiVersion: '',
    kind: '',
    namespace: '',
    name: '',
    path: '',
    text: reference.text,
    reference: isLayout(reference.text) ? reference.text : lockKey(reference),
  };
}
