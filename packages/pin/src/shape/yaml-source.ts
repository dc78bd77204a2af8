import {
  type Document,
  isMap,
  isNode,
  isPair,
  LineCounter,
  type Node,
  parseAllDocuments,
} from 'yaml';
import { PinError, type PinErrorCode } from '../pin-error.ts';
import { formatPosition, type Position, pointAt } from './position.ts';
import { formatPath, type Path } from './shape.ts';

/** A parsed YAML text that still knows where everything stands. */
export interface YamlSource {
  readonly value: unknown;
  readonly document: Document;
  /** Position of a key or a value; of the nearest thing around it, where it does not exist. */
  at(path: Path, what: 'key' | 'value'): Position;
}

/**
 * Reads a text that holds one YAML document. Import this module lazily: it loads the YAML library.
 *
 * Throws `PinError` with `code` where the text is no YAML or not one document; the message has
 * file, line, column and the source line.
 */
export function readYaml(text: string, file: string, code: PinErrorCode): YamlSource {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, maxAliasCount: 100 } as never);
  const document = oneDocument(documents, file, code);
  const [error] = document.errors;
  if (error !== undefined) {
    const [offset] = error.pos;
    const { line, col } = lines.linePos(offset);
    const reason = error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? '';
    const position = { line, column: col };
    throw new PinError(
      code,
      `${formatPosition(file, position)}: ${reason}\n${pointAt(text, position)}`,
      { cause: error },
    );
  }
  return {
    value: plainValue(document, file, code),
    document,
    at(path, what) {
      const { line, col } = lines.linePos(offsetOf(document, path, what));
      return { line: Math.max(line, 1), column: Math.max(col, 1) };
    },
  };
}

/** Aliases are followed only here, so that one without an anchor, or a bomb of them, shows late. */
function plainValue(parsed: Document, file: string, code: PinErrorCode): unknown {
  try {
    return parsed.toJS();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PinError(code, `${file}: ${reason}`, { cause });
  }
}

function oneDocument(documents: unknown, file: string, code: PinErrorCode): Document {
  const list = (Array.isArray(documents) ? documents : []) as Document[];
  const full = list.filter((one) => one.contents !== null || one.errors.length > 0);
  const [first, second] = full;
  if (first === undefined) throw new PinError(code, `${file}: there is nothing in it`);
  if (second === undefined) return first;
  throw new PinError(code, `${file}: holds ${full.length} documents, only one is expected`);
}

function offsetOf(document: Document, path: Path, what: 'key' | 'value'): number {
  for (let depth = path.length; depth >= 0; depth--) {
    const wanted = depth === path.length ? what : 'value';
    const node = nodeAt(document, path.slice(0, depth), wanted);
    if (node?.range) return node.range[0];
  }
  return 0;
}

function nodeAt(document: Document, path: Path, what: 'key' | 'value'): Node | undefined {
  const found = path.length === 0 ? document.contents : document.getIn(path, true);
  if (what === 'value') return isNode(found) ? found : undefined;
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  const key = path.at(-1);
  const pair = parent.items.find((one) => isPair(one) && keyText(one.key) === String(key));
  return isNode(pair?.key) ? pair.key : undefined;
}

function keyText(key: unknown): string {
  return isNode(key) ? String(key.toJSON()) : formatPath([String(key)]);
}
