import { dockerInspect } from './docker-inspect.ts';
import type { Format } from './format.ts';
import { imgpkg } from './imgpkg.ts';
import { kbld } from './kbld.ts';
import { ko } from './ko.ts';
import { kustomize } from './kustomize.ts';

/** The formats of other tools that a lock can be exported to and imported from. */
export const FORMATS: readonly Format[] = [imgpkg, kbld, ko, dockerInspect, kustomize];
