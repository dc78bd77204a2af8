import { describeSite } from './describe-site.ts';
import { type Ignore, ignoreOf } from './ignore.ts';
import type { ImageSite } from './image-site.ts';
import { createLocate } from './locate.ts';
import type { ImageOccurrence } from './occurrence.ts';
import { type Problem, partProblem, siteProblem } from './problem.ts';
import type { Reading } from './reading.ts';

/** The images of one text. What a person sees of them is computed when it is asked for. */
export interface Images {
  /** Where images are named, in the order of the text. */
  readonly sites: readonly ImageSite[];
  /** Parts that could not be read, in the order of the text. */
  readonly unreadable: readonly Problem[];
  /** Everything about one site. Asked in order, all sites together cost one pass over the text. */
  readonly describe: (site: ImageSite) => ImageOccurrence;
  /** What keeps a site from being edited, if anything does. */
  readonly problemOf: (site: ImageSite) => Problem | undefined;
  /** The rule in the manifest itself that exempts a site, if there is one. */
  readonly ignoreOf: (site: ImageSite) => Ignore | undefined;
}

/** What a finished reading says, in the order of the text. */
export function createImages({ bytes, sites, bad }: Reading, file: string): Images {
  const locate = createLocate(bytes);
  const describe = (site: ImageSite): ImageOccurrence => describeSite(site, bytes, file, locate);
  return {
    sites: oncePerPlace(sites.sort((a, b) => a.start - b.start || a.end - b.end)),
    unreadable: bad
      .sort((a, b) => a.start - b.start)
      .map((part) => partProblem(part, file, locate(part.at))),
    describe,
    problemOf: (site) => site.problem && siteProblem(site.problem, describe(site)),
    ignoreOf: (site) => ignoreOf(bytes, site),
  };
}

/**
 * The sites without those that are found twice, by two rules or through an alias. Where one place
 * belongs to two references, as a tag that two repositories share, it can take no digest.
 */
function oncePerPlace(sites: ImageSite[]): ImageSite[] {
  const isDouble = sites.some((site, at) => at > 0 && site.end === sites[at - 1]?.end);
  if (!isDouble) return sites;
  const places = new Map<number, Map<string, ImageSite>>();
  for (const site of sites) {
    const texts = places.get(site.end) ?? new Map<string, ImageSite>();
    places.set(site.end, texts.set(site.text, texts.get(site.text) ?? site));
  }
  return [...places.values()].flatMap((texts) => {
    const found = [...texts.values()];
    if (found.length === 1) return found;
    return found.map((site) => ({ ...site, problem: site.problem ?? 'shared-value' }));
  });
}
