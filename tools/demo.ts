/**
 * `npm run demo`: the main job from beginning to end, on a registry in memory and in a folder that is
 * gone afterwards. Exits 1 where anything does not do what is said about it. `-- --stay` keeps both
 * until Ctrl-C, to go on by hand.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import { DemoFailure, must } from './demo/claim.ts';
import { IMAGES } from './demo/manifests.ts';
import type { Program } from './demo/programs.ts';
import { expectRendered, prepareRenders, type Renders, renderBoth } from './demo/render.ts';
import { openShell, type Shell } from './demo/shell.ts';
import { openStage, type Stage } from './demo/stage.ts';
import { exampleImage } from './example-registry.ts';

/** What every part of the demo plays with. */
interface Scene {
  readonly stage: Stage;
  readonly shell: Shell;
  readonly renders: Renders;
  /** `127.0.0.1:41234/shop/web:1.4.2`: the image whose tag will move. */
  readonly web: string;
}

const CHECK = 'pindrift check web.rendered.yaml worker.rendered.yaml';

async function main(signal: AbortSignal): Promise<void> {
  await using stage = await openStage();
  const shell = openShell({ cwd: join(stage.folder, 'k8s'), env: stage.env, signal });
  introduce(stage, shell);
  const renders = await prepareRenders(stage, shell);
  const scene: Scene = { stage, shell, renders, web: `${stage.registry.host}/${IMAGES.web}` };
  await find(scene);
  await lock(scene);
  await render(scene);
  await showDiff(scene);
  await moveTag(scene);
  await seeDrift(scene);
  await takeItOn(scene);
  sayGoodbye(shell);
  if (process.argv.includes('--stay')) await stay(scene, signal);
}

function introduce({ registry, folder, kustomize, helm }: Stage, shell: Shell): void {
  const found = (program: Program | undefined, instead: string): string =>
    program ? `${program.version}, ${program.path}` : `not here; ${instead}`;
  shell.say(`registry   in memory, http://${registry.host}`);
  shell.say(`folder     ${folder}`);
  shell.say(`kustomize  ${found(kustomize, 'pindrift-krm runs alone, on what kustomize sends')}`);
  shell.say(`helm       ${found(helm, 'pindrift-helm runs alone, on what Helm sends')}`);
}

async function find({ stage, shell }: Scene): Promise<void> {
  shell.heading('Which images do these manifests name?');
  const { code, output } = await shell.run('pindrift find');
  must(code === 0, 'find ends with 0');
  for (const name of [IMAGES.web, IMAGES.migrate, IMAGES.tools]) {
    must(output.includes(`${stage.registry.host}/${name}`), `find names ${name}`);
  }
}

async function lock({ stage, shell, renders }: Scene): Promise<void> {
  shell.heading('Write down which digest each tag means, in a file that is reviewed like code');
  must((await shell.run('pindrift lock')).code === 0, 'lock ends with 0');
  const more = await shell.run(`${renders.chart} | pindrift lock -`);
  must(more.code === 0, 'lock of the chart ends with 0');
  const shown = await shell.run("grep -A 3 'shop/web' images.lock.yaml");
  must(shown.code === 0, 'the lock has an entry for the web image');
  const text = readFileSync(join(stage.folder, 'k8s/images.lock.yaml'), 'utf8');
  for (const name of Object.values(IMAGES)) {
    const entry = `${stage.registry.host}/${name}"?\\s+digest: ${exampleImage(name).digest}\n`;
    must(new RegExp(entry).test(text), `the lock holds the digest of ${name}`);
  }
  const asked = stage.registry.requests.filter(({ method }) => method === 'HEAD');
  must(asked.length === Object.keys(IMAGES).length, 'each tag is asked for once');
}

async function render({ stage, shell, renders }: Scene): Promise<void> {
  shell.heading('Render: every image gets its digest from the lock');
  const before = stage.registry.requests.length;
  await renderBoth(stage, shell, renders);
  await shell.run("grep -h 'image: .*@' web.rendered.yaml worker.rendered.yaml");
  expectRendered(stage, 1);
  must((await shell.run(CHECK)).code === 0, 'check finds all pinned as the lock says');
  must(stage.registry.requests.length === before, 'rendering and checking ask no registry');
  shell.say('The registry was not asked.');
}

async function showDiff({ shell, web }: Scene): Promise<void> {
  shell.heading('Or pin the file itself: digests are inserted, no other byte changes');
  const { code, output } = await shell.run('pindrift pin --diff web.yaml');
  must(code === 0, 'pin ends with 0');
  const line = `\n+        image: "${web}@${exampleImage(IMAGES.web).digest}"   # bumped by the release job\n`;
  must(output.includes(line), 'quotes and comment stay as they are');
  const changed = output.split('\n').filter((one) => /^[-+] /.test(one));
  must(changed.length === 4, 'the diff replaces the lines of two images');
}

async function moveTag({ stage, shell, renders }: Scene): Promise<void> {
  shell.heading(`Somebody pushes ${IMAGES.web} again; what is rendered stays what was reviewed`);
  const rendered = join(stage.folder, 'k8s/web.rendered.yaml');
  const before = readFileSync(rendered);
  stage.registry.move('shop/web', '1.4.2', exampleImage(IMAGES.web, 2));
  await renderBoth(stage, shell, renders);
  must(readFileSync(rendered).equals(before), 'the same lock renders the same bytes');
  must((await shell.run(CHECK)).code === 0, 'check stays green');
}

async function seeDrift({ shell, web }: Scene): Promise<void> {
  shell.heading('Whoever asks the registry sees the drift');
  const { code, output } = await shell.run(`pindrift resolve --fail-on warning ${web}`);
  must(code === 1, 'resolve ends with 1 where a tag has moved');
  must(output.includes('republished'), 'resolve says that a full version was published again');
  must(
    output.includes(exampleImage(IMAGES.web, 2).digest),
    'resolve prints what the tag names now',
  );
}

async function takeItOn({ stage, shell, renders, web }: Scene): Promise<void> {
  shell.heading('Take the new build on when it is wanted: one line of the lock');
  const { code, output } = await shell.run(`pindrift lock --update ${web}`);
  must(code === 0 && output.includes('updated'), 'lock moves the entry');
  await renderBoth(stage, shell, renders);
  expectRendered(stage, 2);
  must((await shell.run(CHECK)).code === 0, 'check is green again');
}

function sayGoodbye(shell: Shell): void {
  shell.heading('Now a folder of your own');
  shell.say(`  npm run pack && npm install -g ./dist/pindrift-${manifest.version}.tgz   once, from here
  pindrift find                    what is named there; asks nobody
  pindrift lock                    write the lock; asks each registry once per tag
  pindrift pin --diff              what pinning the files would change
  pindrift init                    what to add to kustomizations, charts and packages
See README.md for one page on each way in.`);
}

async function stay({ stage, shell }: Scene, signal: AbortSignal): Promise<void> {
  shell.heading('The folder and its registry stay until Ctrl-C. To go on in another terminal:');
  shell.say(`  cd ${stage.folder}/k8s && PATH="${stage.folder}/bin:$PATH"`);
  const alive = setInterval(() => undefined, 60_000);
  await new Promise((end) => signal.addEventListener('abort', end));
  clearInterval(alive);
}

const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => interruption.abort(new DemoFailure(`it ran to its end (${name})`)));
}
try {
  await main(interruption.signal);
} catch (error) {
  if (!(error instanceof DemoFailure)) throw error;
  console.error(`\ndemo: this does not hold: ${error.message}`);
  process.exitCode = 1;
}
