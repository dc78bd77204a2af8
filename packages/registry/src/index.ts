export { createRegistry } from './create-registry.ts';
export { defaultKeychain } from './credentials/default-keychain.ts';
export { dockerKeychain } from './credentials/docker-keychain.ts';
export type { Credentials, CredentialTarget, Keychain } from './credentials/keychain.ts';
export { type OpenLayout, openLayout } from './layout/open-layout.ts';
export type { Descriptor } from './manifest/descriptor.ts';
export type { Manifest, Platform, Registry, Resolved } from './registry.ts';
export { RegistryError, type RegistryErrorCode } from './registry-error.ts';
export type { HostSettings, RegistryOptions } from './registry-options.ts';
