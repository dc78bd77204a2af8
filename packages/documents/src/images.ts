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
    sites: sites.sort((a, b) => a.start - b.start || a.end - b.end),
    unreadable: bad
      .sort((a, b) => a.start - b.start)
      .map((part) => partProblem(part, file, locate(part.at))),
    describe,
    problemOf: (site) => site.problem && siteProblem(site.problem, describe(site)),
    ignoreOf: (site) => ignoreOf(bytes, site),
  };
}
