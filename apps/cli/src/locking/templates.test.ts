import { image, startRegistry } from '@pindrift/testing';
import { expect, test } from 'vitest';
import { workFolder } from '../testing/folder.ts';
import { deployment } from '../testing/manifests.ts';

test('what is written out in the templates of a chart is locked, and nothing is pruned beside the rest', async () => {
  await using registry = await startRegistry();
  for (const name of ['web', 'wait', 'rendered']) registry.push(name, '1', image());
  const ref = (name: string): string => registry.reference(name, '1');
  await using folder = await workFolder({ 'a.yaml': deployment('a', ref('rendered')) });
  await folder.run('lock');
  await folder.write('a.yaml', deployment('a', ref('web')));
  await folder.write(
    'chart/templates/job.yaml',
    `apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}
spec:
  containers:
  - name: wait
    image: ${ref('wait')}
  - name: job
    image: {{ .Values.image }}
`,
  );
  const said = await folder.run('lock', '--prune');
  expect(said.code).toBe(0);
  expect(said.stderr).toMatch(/chart\/templates\/job\.yaml:10:12: warning: templated: /);
  expect(said.stderr).toContain('nothing is pruned');
  const locked = await folder.read('images.lock.yaml');
  for (const name of ['web', 'wait', 'rendered']) expect(locked).toContain(ref(name));
});
