import type { ImageField, SplitImage } from '@pindrift/documents';
import {
  isMapping,
  listOf,
  mapping,
  type Shape,
  type ShapeProblem,
  type Trail,
  textThat,
  wrong,
} from '../shape/shape.ts';

/**
 * Where a custom resource names images; popular ones are known without a rule. Paths are written
 * as in `ImageField`: `spec.image`, `spec.workers[*].image`.
 */
export interface FieldRule {
  /** API group without a version: `example.com`; empty for the core group. */
  readonly group: string;
  readonly kind: string;
  /** Path of a whole reference. */
  readonly path?: string;
  /** Path of a PodSpec, for all the images in it. */
  readonly podSpec?: string;
  /** Paths of the parts, where the reference is split. */
  readonly split?: SplitImage;
}

const WAYS = ['path', 'podSpec', 'split'] as const;

/** As `parseFieldPath` of the finder reads it. */
const PATH =
  /^(?:\*|[^.[\]*'"]+|\[\*?\]|\['[^']+'\]|\["[^"]+"\])(?:\[\*?\]|\['[^']+'\]|\["[^"]+"\]|\.(?:\*|[^.[\]*'"]+))*$/;

const pathShape = textThat((text) =>
  PATH.test(text) ? undefined : 'is no path; write it like spec.image or spec.workers[*].image',
);

const ruleShape = mapping(
  {
    group: groupShape,
    kind: textThat(),
    path: pathShape,
    podSpec: pathShape,
    split: mapping(
      { registry: pathShape, repository: pathShape, tag: pathShape, digest: pathShape },
      ['repository'],
    ),
  },
  ['group', 'kind'],
);

export const fieldsShape: Shape = listOf((value, trail, found) => {
  ruleShape(value, trail, found);
  if (!isMapping(value) || WAYS.filter((way) => Object.hasOwn(value, way)).length === 1) return;
  wrong(found, trail, `needs one of ${WAYS.join(', ')}`);
});

/** The rules as the finder wants them; `source` is the file they come from. */
export function imageFields(rules: readonly FieldRule[], source: string): ImageField[] {
  return rules.map(({ group, kind, path, podSpec, split }) => ({
    group,
    kind,
    ...(path === undefined ? undefined : { paths: [path] }),
    ...(podSpec === undefined ? undefined : { podSpecs: [podSpec] }),
    ...(split === undefined ? undefined : { split: [split] }),
    source,
  }));
}

function groupShape(value: unknown, trail: Trail, found: ShapeProblem[]): void {
  if (value !== '') textThat()(value, trail, found);
}
