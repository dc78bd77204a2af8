import { YAMLException } from 'js-yaml';
import type { BadPart } from './bad-document.ts';
import { blankTemplates, hasTemplates } from './exact/blank-templates.ts';
import { readLeniently } from './exact/lenient.ts';
import { plainBoms } from './exact/plain-boms.ts';
import { plainBreaks } from './exact/plain-breaks.ts';
import { readResources } from './exact/read-resources.ts';
import { transparentText } from './exact/transparent-text.ts';
import { parseTree, TreeFault, type YamlTree } from './exact/yaml-tree.ts';
import type { ImageSite } from './image-site.ts';
import type { ItemPart, Part, Reading } from './reading.ts';

/**
 * Bytes of one part. The parser needs up to fifty times as much memory for its events; what is
 * larger and simple is read by the fast reader, which needs none.
 */
const PART_MAX = 32 * 1024 * 1024;

/**
 * Reads one or more whole documents by YAML's full grammar and adds their images to the reading.
 * What cannot be read is added to its bad parts. Memory is bounded, no alias is expanded, nesting
 * beyond a thousand is refused.
 */
export function readExactly(reading: Reading, part: Part): void {
  const read = readPart(reading, part, (tree) =>
    tree.documents.flatMap((contents, index) =>
      readResources(
        reading,
        { tree, offset: part.start, document: part.document + index },
        contents,
      ),
    ),
  );
  if ('code' in read) reading.bad.push(read);
  else for (const site of read.sites) reading.sites.push(site);
}

/**
 * Reads one item of a list on its own. False where that cannot be done (it uses an anchor of
 * another item, or is no YAML by itself): the whole document must then be read.
 */
export function readItemExactly(reading: Reading, item: ItemPart): boolean {
  const read = readPart(reading, item, (tree) => {
    const document = item.index ?? item.document;
    const source = { tree, offset: item.start, document, identity: item.identity };
    return readResources(reading, source, tree.documents[0] ?? 0);
  });
  if ('code' in read) return false;
  for (const site of read.sites) reading.sites.push(site);
  return true;
}

function readPart(
  reading: Reading,
  part: Part,
  read: (tree: YamlTree) => ImageSite[],
): { sites: ImageSite[] } | BadPart {
  const { start, end, document } = part;
  if (end - start > PART_MAX) {
    const reason = `only documents of simple YAML may be larger than ${PART_MAX >> 20} MiB`;
    return { code: 'too-large', reason, at: start, start, end, document };
  }
  const whole = plainBreaks(plainBoms(transparentText(reading.bytes.subarray(start, end))));
  const text = 'index' in part ? withoutDash(whole) : whole;
  try {
    return { sites: read(readLeniently(text, (joined) => parseTree(joined), shallowLine)) };
  } catch (error) {
    const sites = reading.tolerant && hasTemplates(text) ? readTemplate(text, read) : undefined;
    return sites ? { sites } : badPart(error, text, part);
  }
}

/** What a template file holds beside its templates; undefined where that is no YAML either. */
function readTemplate(
  text: string,
  read: (tree: YamlTree) => ImageSite[],
): ImageSite[] | undefined {
  const parse = (blanked: string): YamlTree => parseTree(blanked, text);
  try {
    return read(readLeniently(blankTemplates(text), parse, shallowLine));
  } catch (error) {
    if (error instanceof YAMLException || error instanceof TreeFault) return undefined;
    throw error;
  }
}

/** Where a line of a flow collection or a quoted scalar is not deep enough. */
function shallowLine(error: unknown): number | undefined {
  return error instanceof YAMLException && error.reason === 'deficient indentation'
    ? error.mark?.position
    : undefined;
}

/** The item as a document of its own: its columns stay what they were. */
function withoutDash(text: string): string {
  return text.replace('-', ' ');
}

function badPart(error: unknown, text: string, { start, end, document }: Part): BadPart {
  const common = { start, end, document };
  if (error instanceof TreeFault) {
    return { code: 'syntax', reason: error.message, at: start + error.offset, ...common };
  }
  if (!(error instanceof YAMLException)) throw error;
  const at = start + Math.min(error.mark?.position ?? 0, end - start);
  const code = error.reason.startsWith('nesting exceeded') ? 'too-large' : codeOf(text);
  return { code, reason: error.reason, at, ...common };
}

function codeOf(text: string): 'encoding' | 'syntax' {
  return text.includes('\0') ? 'encoding' : 'syntax';
}
