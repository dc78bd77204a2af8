export type { RegistryAuth } from './auth/registry-auth.ts';
export { TOKEN_ISSUER, type TokenSigner } from './auth/signed-token.ts';
export {
  startTokenServer,
  type TestTokenServer,
  type TokenServerOptions,
} from './auth/token-server.ts';
export { type Content, type Descriptor, rawManifest } from './content/content.ts';
export { digestOf } from './content/digest.ts';
export { type ImageOptions, image } from './content/image.ts';
export { type IndexOptions, index } from './content/index-of.ts';
export { MEDIA_TYPE } from './content/media-type.ts';
export type { Exchange, Reply } from './http/exchange.ts';
export type { Fault, FaultRule } from './http/fault.ts';
export type { RecordedRequest } from './http/journal.ts';
export { type RegistryOptions, startRegistry, type TestRegistry } from './registry/registry.ts';
export { type CapturedStream, capturedStream } from './system/captured-stream.ts';
export { type CredentialHelper, credentialHelper } from './system/credential-helper.ts';
export { startProxy, type TestProxy } from './system/proxy.ts';
export { type TemporaryFolder, temporaryFolder } from './system/temporary-folder.ts';
export { type Authority, createAuthority } from './tls/authority.ts';
