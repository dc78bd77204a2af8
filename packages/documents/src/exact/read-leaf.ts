import { SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import { ignoreComment } from '../ignore-comment.ts';
import type { ImageSite, SiteProblem } from '../image-site.ts';
import { isReference, problemOf, readPlain } from '../image-value.ts';
import type { Confidence } from '../occurrence.ts';
import type { Hit, Source } from './read-resources.ts';
import { readableText } from './transparent-text.ts';
import { scalarAt, scalarText, type YamlTree } from './yaml-tree.ts';

/** The site of one hit; undefined where it says nothing: null, an empty text, a collection. */
export function readLeaf(
  bytes: Buffer,
  source: Source,
  hit: Hit,
  shared: boolean,
): ImageSite | undefined {
  const { tree, offset } = source;
  const value = readValue(tree, hit.event);
  if (value === undefined || value.text === '') return undefined;
  const { leaf, path, resource } = hit;
  if (leaf.confidence === 'low' && !isReference(value.text)) return undefined;
  return {
    start: offset + value.start,
    end: offset + value.end,
    text: value.text,
    resource,
    leaf,
    path,
    confidence:
      source.tree.text === source.tree.original ? leaf.confidence : lowered(leaf.confidence),
    problem: value.problem ?? (shared ? 'shared-value' : undefined),
    comment: ignoreComment(bytes, offset + value.end),
  };
}

/** In a template file a place may be read that is no more there when the template is filled in. */
function lowered(confidence: Confidence): Confidence {
  return confidence === 'high' ? 'medium' : confidence;
}

/** A value as it is read, and where it stands in the tree's text. */
export interface Value {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly problem: SiteProblem | undefined;
}

/** What stands at an event; undefined for null and for collections that are no template. */
export function readValue(tree: YamlTree, event: number): Value | undefined {
  const scalar = scalarAt(tree, event);
  if (scalar === undefined) return readTemplate(tree, event);
  if (scalar.valueStart < 0) return undefined;
  const text = scalarText(tree, scalar);
  const [start, end] = rangeOf(tree.text, scalar);
  const kind = kindOf(tree.text, scalar, text);
  if (kind === 'absent') return undefined;
  return { text, start, end, problem: kind === 'text' ? problemOf(text) : kind };
}

function kindOf(
  source: string,
  { tagStart, tagEnd, style }: ScalarEvent,
  text: string,
): 'absent' | 'text' | 'not-a-string' {
  if (tagStart < 0) return style === SCALAR_STYLE.PLAIN ? readPlain(text) : 'text';
  const tag = source.slice(tagStart, tagEnd);
  return ['!', '!!str', '!<tag:yaml.org,2002:str>'].includes(tag) ? 'text' : 'not-a-string';
}

/** The bytes of the text itself: of a block scalar without its indentation and last line breaks. */
function rangeOf(source: string, { valueStart, valueEnd, style }: ScalarEvent): [number, number] {
  if (style !== SCALAR_STYLE.LITERAL_BLOCK && style !== SCALAR_STYLE.FOLDED_BLOCK) {
    return [valueStart, valueEnd];
  }
  const region = source.slice(valueStart, valueEnd);
  const start = valueStart + (region.length - region.trimStart().length);
  return [start, Math.max(start, valueStart + region.trimEnd().length)];
}

/** `{{ .Values.image }}` without quotes is a mapping of a mapping to YAML, and a template to us. */
function readTemplate(tree: YamlTree, event: number): Value | undefined {
  const opening = tree.events[event];
  if (opening === undefined || !('start' in opening)) return undefined;
  const { start } = opening;
  if (!tree.text.startsWith('{{', start)) return undefined;
  const close = tree.text.indexOf('}}', start);
  const end = close < 0 ? start + 2 : close + 2;
  return { text: readableText(tree.text.slice(start, end)), start, end, problem: 'templated' };
}
