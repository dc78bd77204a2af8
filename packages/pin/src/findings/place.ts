import type { ImageOccurrence } from '@pindrift/documents';
import { withoutPassword } from './without-password.ts';

/** More of a value than this says nothing more. */
const SHOWN_CHARACTERS = 120;

/** `deploy.yaml:12:16: Deployment shop/web, spec.template.spec.containers[0].image` */
export function describePlace(occurrence: ImageOccurrence): string {
  const { file, line, column, kind, namespace, name, path } = occurrence;
  const full = namespace === '' ? name : `${namespace}/${name}`;
  const resource = [kind, full].filter((part) => part !== '').join(' ');
  const inside = [resource, path].filter((part) => part !== '').join(', ');
  return printable(`${file}:${line}:${column}${inside === '' ? '' : `: ${inside}`}`);
}

/** A value as a message may show it: on one line, shortened, without a password in a URL. */
export function shown(text: string): string {
  const safe = withoutPassword(text);
  const cut = safe.length > SHOWN_CHARACTERS ? `${safe.slice(0, SHOWN_CHARACTERS)}…` : safe;
  return printable(cut);
}

function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
}
