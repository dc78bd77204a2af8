import { type Content, digestOf, image, index, MEDIA_TYPE } from '@pindrift/testing';

const amd64 = image();
const arm64 = image({ platform: 'linux/arm64/v8' });
const windows = image({ platform: 'windows/amd64:10.0.20348.2582' });
const nowhere = {
  mediaType: MEDIA_TYPE.ociManifest,
  digest: digestOf(Buffer.from('nowhere')),
  size: 7,
};
const evidence = image({
  config: { architecture: 'unknown', os: 'unknown' },
  annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
});

/**
 * Every shape of content that registries hold, each under a tag: those of the conformance suite
 * of the distribution specification, as far as a client that reads can meet them.
 */
export const matrix: Readonly<Record<string, Content>> = {
  single: amd64,
  'single-docker': image({ format: 'docker' }),
  'single-arm': image({ platform: 'linux/arm/v7' }),
  'no-layers': image({ layers: [] }),
  'many-layers': image({ layers: ['a', 'b', 'c'] }),
  'large-manifest': image({ annotations: { filler: 'x'.repeat(2_000_000) } }),
  'custom-fields': image({ fields: { 'org.example.field': { nested: [1, 2, 3] } } }),
  index: index([amd64, arm64, windows]),
  'list-docker': index(
    [image({ format: 'docker' }), image({ format: 'docker', platform: 'linux/arm64/v8' })],
    { format: 'docker' },
  ),
  evidence,
  'index-with-evidence': index([
    amd64,
    { ...evidence.descriptor, platform: { os: 'unknown', architecture: 'unknown' } },
  ]),
  'index-empty': index([]),
  nested: index([index([amd64, arm64]), windows]),
  'index-annotated': index([amd64], { annotations: { 'org.example': 'yes' } }),
  artifact: image({ artifactType: 'application/vnd.example.sbom', layers: ['{"sbom":true}'] }),
  'artifact-empty': image({ artifactType: 'application/vnd.example.note', layers: [] }),
  'artifact-index': index([image({ artifactType: 'application/vnd.example.note', layers: [] })], {
    artifactType: 'application/vnd.example.set',
  }),
  subject: image({ artifactType: 'application/vnd.example.sig', subject: amd64 }),
  'subject-missing': image({ artifactType: 'application/vnd.example.sig', subject: nowhere }),
  'index-subject': index([amd64], { subject: arm64 }),
};
