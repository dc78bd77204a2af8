import { readLock, textContent, wholePath } from '@pindrift/pin';
import {
  type RenderInput,
  type RenderSettings,
  readLockText,
  readStdin,
  render,
  runProgram,
  say,
} from '@pindrift/pin/render';
import { type RenderCall, readCall } from './call.ts';
import { HELP } from './help.ts';
import { VERSION } from './version.ts';

/** Helm 4 refuses an empty answer, also for a chart that renders nothing. */
const NOTHING = Buffer.from('# pindrift-helm: no manifests\n');

/** A chart may render nothing; what a program says that failed is something else. */
const FOREIGN = 'stdin holds no manifest: no document in it has an apiVersion and a kind';

void runProgram('pindrift-helm', async () => {
  const call = readCall(process.argv.slice(2), process.env);
  if (call.kind === 'help') return say(HELP);
  if (call.kind === 'version') return say(`${VERSION}\n`);
  return render({
    read: () => readManifests(call),
    configure: () => configure(call),
    config: call.config,
    report: call.report,
    record: process.env.PINDRIFT_RECORD || undefined,
    teller: () => import('./teller.ts'),
  });
});

async function readManifests(call: RenderCall): Promise<RenderInput[]> {
  const text = await readStdin();
  if (textContent(text) === 'foreign') throw new Error(FOREIGN);
  const blank = text.every((byte) => byte <= 0x20);
  return [{ file: '-', text: blank && call.plugin ? NOTHING : text }];
}

async function configure({ lock: file, settings }: RenderCall): Promise<RenderSettings> {
  if (file === undefined) {
    throw new Error('no lock: pass --lock FILE or set PINDRIFT_LOCK; `pindrift lock` makes one');
  }
  const lock = await readLock(readLockText(file), { file });
  return { lock, settings, lockCommand: lockCommand(file) };
}

/** What Helm renders without the post-renderer is what belongs into the lock. */
function lockCommand(file: string): string {
  return `pindrift lock --lock ${wholePath(file)} --render 'helm template RELEASE CHART'`;
}
