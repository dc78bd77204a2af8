/** Lays the Helm 4 plugin out in `dist/plugin/`: Helm links the folder, so the program lies inside. */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const DIST = join(import.meta.dirname, 'dist');
const PLUGIN = join(DIST, 'plugin');

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, 'package.json'), 'utf8')) as {
  version: string;
};
const description = readFileSync(join(import.meta.dirname, 'plugin/plugin.yaml'), 'utf8');

mkdirSync(join(PLUGIN, 'bin'), { recursive: true });
writeFileSync(
  join(PLUGIN, 'plugin.yaml'),
  description.replace(/^version: .*$/m, `version: ${version}`),
);
for (const name of readdirSync(DIST)) {
  if (name.endsWith('.cjs')) cpSync(join(DIST, name), join(PLUGIN, 'bin', name));
}
