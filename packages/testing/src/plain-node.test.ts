import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('the registry runs under plain Node, without vitest and without making keys', async () => {
  const script = `
    import { registerHooks } from 'node:module';
    registerHooks({
      resolve(name, context, next) {
        if (/^(vitest|selfsigned|undici|(node:)?(https|http2))$/.test(name)) {
          throw new Error('loaded ' + name);
        }
        return next(name, context);
      },
    });
    const { image, startRegistry } = await import('@pindrift/testing');
    await import('@pindrift/testing/faults');
    const registry = await startRegistry();
    process.stdout.write(registry.push('app', 'v1', image()));
    await registry.close();
  `;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { cwd: fileURLToPath(new URL('..', import.meta.url)) },
  );
  expect(stdout).toMatch(/^sha256:/);
});
