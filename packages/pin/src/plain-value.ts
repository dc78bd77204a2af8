import type { PinErrorCode } from './pin-error.ts';
import { readSimpleYaml } from './simple-yaml/read-simple-yaml.ts';

/**
 * The value of a YAML text as plain JavaScript values. The strict subset that our own files are
 * written in is read without a YAML library; anything else loads one.
 *
 * Throws `PinError` with `code` and the position where the text is no YAML.
 */
export async function readPlain(text: string, file: string, code: PinErrorCode): Promise<unknown> {
  const simple = readSimpleYaml(text);
  if (simple !== undefined) return simple;
  const { readYaml } = await import('./shape/yaml-source.ts');
  return readYaml(text, file, code).value;
}
