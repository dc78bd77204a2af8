import { loadConfig } from '../config/load-config.ts';
import { registrySettings } from '../config/registry-settings.ts';
import type { RenderSettings } from './render.ts';

/**
 * The settings of a render with those of a `pindrift.yaml` below them: what the lock or the
 * functionConfig says wins, and the rules of both hold. Throws what `loadConfig` throws.
 */
export async function withConfig(rules: RenderSettings, file: string): Promise<RenderSettings> {
  const config = await loadConfig('.', { file });
  const { lock, settings, ignore = [], fields = [] } = rules;
  return {
    ...rules,
    settings: { ...config.settings, ...lock?.settings, ...settings },
    ignore: [...config.ignore, ...ignore],
    fields: [...config.fields, ...fields],
    registries: () => registrySettings(config, process.env),
  };
}
