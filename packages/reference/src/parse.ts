import { BadReference, type BadReferenceCode } from './bad-reference.ts';
import { requireDigest } from './digest.ts';
import type { ImageReference } from './image-reference.ts';
import {
  AT,
  COLON,
  DOT,
  isUpper,
  scanDomain,
  scanLowerHex,
  scanPath,
  scanTag,
  TAG_MAX,
} from './scan.ts';

/**
 * Characters. A path of 255, a tag of 128, a sha512 digest of 135 and a host of 253 with its port
 * fit several times; nothing longer is looked at.
 */
const INPUT_MAX = 4096;

/** `RepositoryNameTotalLengthMax` of distribution/reference: the path, without the domain. */
const PATH_MAX = 255;

const DOCKER_HUB = 'docker.io';

/**
 * Reads one image reference as Docker, containerd and Kubernetes do (distribution/reference,
 * `ParseNormalizedNamed`): `nginx` is `docker.io/library/nginx`. A tag or digest that was not
 * written is not added.
 *
 * One rule is stricter than upstream: a first element that looks like a host and is none
 * (`reg_1.example/app`) is refused, where upstream answers with an empty domain.
 *
 * Throws `BadReference` for everything else. Time is linear in the text's length.
 */
export function parseReference(text: string): ImageReference {
  if (text.length === 0) fail('empty', text, 0, 'it is empty');
  if (text.length > INPUT_MAX)
    fail('too-long', text, INPUT_MAX, `it has ${text.length} characters`);
  const slash = text.indexOf('/');
  const hosted = slash >= 0 && looksLikeHost(text, slash);
  const start = hosted ? slash + 1 : 0;
  const pathEnd = endOfPath(text, start);
  const domain = hosted ? domainOf(text, slash) : DOCKER_HUB;
  const path = pathOf(text, start, pathEnd, domain);
  const at = text.indexOf('@', pathEnd);
  const tag = tagOf(text, pathEnd, at < 0 ? text.length : at);
  const digest = at < 0 ? undefined : requireDigest(text, at + 1);
  return {
    domain,
    path,
    ...(tag === undefined ? undefined : { tag }),
    ...(digest === undefined ? undefined : { digest }),
    text,
  };
}

/** The first element is a host where it cannot be a Docker Hub namespace, and `localhost`. */
function looksLikeHost(text: string, slash: number): boolean {
  for (let at = 0; at < slash; at++) {
    const code = text.charCodeAt(at);
    if (code === DOT || code === COLON || isUpper(code)) return true;
  }
  return text.slice(0, slash) === 'localhost';
}

function endOfPath(text: string, at: number): number {
  while (at < text.length && text.charCodeAt(at) !== COLON && text.charCodeAt(at) !== AT) at++;
  return at;
}

function domainOf(text: string, slash: number): string {
  const bad = scanDomain(text, 0, slash);
  const domain = text.slice(0, slash);
  if (bad < 0) return domain === 'index.docker.io' ? DOCKER_HUB : domain;
  if (domain.includes('@')) return fail('bad-domain', text, bad, 'a registry host has no user');
  const scheme = text.startsWith('//', slash);
  const reason = scheme
    ? `leave out the scheme ${JSON.stringify(`${domain.slice(0, 32)}//`)}`
    : `${JSON.stringify(domain.slice(0, 64))} is not a registry host, with or without a port`;
  return fail('bad-domain', text, bad, reason);
}

function pathOf(text: string, start: number, end: number, domain: string): string {
  const bad = scanPath(text, start, end);
  if (bad >= 0) refusePath(text, bad, end);
  if (isImageId(text)) {
    fail('image-id', text, 0, '64 hex characters alone are an image ID, not a name');
  }
  const written = text.slice(start, end);
  const path = domain === DOCKER_HUB && !written.includes('/') ? `library/${written}` : written;
  if (path.length <= PATH_MAX) return path;
  const reason = `the repository name has ${path.length} characters, ${PATH_MAX} are allowed`;
  return fail('path-too-long', text, end - (path.length - PATH_MAX), reason);
}

function refusePath(text: string, bad: number, end: number): never {
  if (bad < end && isUpper(text.charCodeAt(bad))) {
    fail('uppercase', text, bad, 'the repository name must be lowercase');
  }
  if (bad === end) fail('bad-path', text, bad, 'the repository name is missing or ends too early');
  const character = JSON.stringify(String.fromCodePoint(text.codePointAt(bad) ?? 0));
  const reason = `${character} cannot stand at this place of a repository name`;
  return fail('bad-path', text, bad, reason);
}

function isImageId(text: string): boolean {
  return text.length === 64 && scanLowerHex(text, 0) === 64;
}

function tagOf(text: string, pathEnd: number, end: number): string | undefined {
  if (pathEnd === end) return undefined;
  const bad = scanTag(text, pathEnd + 1, end);
  if (bad < 0) return text.slice(pathEnd + 1, end);
  const reason =
    bad === pathEnd + 1 + TAG_MAX
      ? `the tag has ${end - pathEnd - 1} characters, ${TAG_MAX} are allowed`
      : bad === end
        ? 'the tag behind ":" is missing'
        : `${JSON.stringify(String.fromCodePoint(text.codePointAt(bad) ?? 0))} cannot stand at this place of a tag`;
  return fail('bad-tag', text, bad, reason);
}

function fail(code: BadReferenceCode, text: string, at: number, reason: string): never {
  throw new BadReference(code, text, at + 1, reason);
}
