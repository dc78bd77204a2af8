import type { ImageReference } from '@pindrift/reference';
import { registryOver } from '../create-registry.ts';
import type { Registry } from '../registry.ts';
import { RegistryError } from '../registry-error.ts';
import { layoutSession } from './layout-session.ts';

/** An image in a layout: something to ask, and what to ask for. */
export interface OpenLayout {
  readonly registry: Registry;
  readonly reference: ImageReference;
}

/**
 * Opens `oci:DIR`, `oci:DIR:NAME` or `oci:DIR@DIGEST`, an OCI image layout on disk (image-spec
 * `image-layout.md`). What is in it is read and verified like what a registry sends. Throws
 * `REF_INVALID` when the text is none of these.
 */
export function openLayout(text: string): OpenLayout {
  const [, folder, name, digest] =
    /^oci:((?:[A-Za-z]:[\\/])?[^@]*?)(?::(\w[\w.-]{0,127}))?(?:@([a-z0-9]+:[a-f0-9]+))?$/.exec(
      text,
    ) ?? [];
  if (!folder) {
    throw new RegistryError('REF_INVALID', {
      host: 'oci',
      step: 'resolve',
      reason: `'${text.slice(0, 200)}' names no image layout`,
      hint: 'write it as oci:DIRECTORY, oci:DIRECTORY:NAME or oci:DIRECTORY@sha256:…',
    });
  }
  const session = layoutSession(folder);
  return {
    registry: registryOver({ to: () => session, close: async () => undefined }),
    reference: {
      domain: 'oci',
      path: 'layout',
      ...(name === undefined ? {} : { tag: name }),
      ...(digest === undefined ? {} : { digest }),
      text,
    },
  };
}
