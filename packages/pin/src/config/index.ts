export { readPlain } from '../plain-value.ts';
export { refuse } from '../shape/refuse.ts';
export { listOf, mapping, problemsOf, type Shape, textThat } from '../shape/shape.ts';
export type { Config, CredentialsConfig, RegistryConfig } from './config.ts';
export { registryKeys } from './config-shape.ts';
export { type FieldRule, fieldsShape } from './field-rule.ts';
export { type IgnoreRule, ignoresShape } from './ignore-rule.ts';
export {
  CONFIG_FILE,
  LOCK_FILE,
  loadConfig,
  readConfig,
} from './load-config.ts';
export { type RegistrySettings, registrySettings } from './registry-settings.ts';
