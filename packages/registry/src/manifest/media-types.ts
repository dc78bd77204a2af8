export const ociIndex = 'application/vnd.oci.image.index.v1+json';
export const dockerList = 'application/vnd.docker.distribution.manifest.list.v2+json';
export const ociManifest = 'application/vnd.oci.image.manifest.v1+json';
export const dockerManifest = 'application/vnd.docker.distribution.manifest.v2+json';
export const ociArtifact = 'application/vnd.oci.artifact.manifest.v1+json';

/**
 * What every manifest request accepts, in one header line: distribution answers 404 to an OCI
 * index when the type is missing, old registries answer the amd64 child of a list, and some
 * proxies keep only the first of repeated headers.
 */
export const acceptManifests: string = [ociIndex, dockerList, ociManifest, dockerManifest].join(
  ', ',
);

const indexTypes: ReadonlySet<string> = new Set([ociIndex, dockerList]);
const manifestTypes: ReadonlySet<string> = new Set([ociManifest, dockerManifest, ociArtifact]);

/** True for the types that name one manifest per platform. */
export function isIndexType(mediaType: string): boolean {
  return indexTypes.has(mediaType);
}

/** True for the types that this client reads: indexes, images and artifacts. */
export function isManifestType(mediaType: string): boolean {
  return indexTypes.has(mediaType) || manifestTypes.has(mediaType);
}

/** True for Docker's image manifest version 2 schema 1, which has no stable digest. */
export function isSchema1Type(mediaType: string): boolean {
  return /^application\/vnd\.docker\.distribution\.manifest\.v1\+(json|prettyjws)$/.test(mediaType);
}

/** A Content-Type without its parameters, in lower case; empty text when there is none. */
export function essence(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
