import {
  type RenderInput,
  readFile,
  readStdin,
  render,
  runProgram,
  say,
} from '@pindrift/pin/render';
import { type RenderCall, readCall } from './call.ts';
import { configure } from './configure.ts';
import { HELP } from './help.ts';
import { VERSION } from './version.ts';

void runProgram('pindrift-krm', async () => {
  const call = readCall(process.argv.slice(2), process.env);
  if (call.kind === 'help') return say(HELP);
  if (call.kind === 'version') return say(`${VERSION}\n`);
  return render({
    read: () => readInputs(call),
    configure: (inputs) => configure(call, inputs),
    config: call.config,
    report: call.report,
    record: process.env.PINDRIFT_RECORD || undefined,
    teller: () => import('./teller.ts'),
  });
});

async function readInputs({ inputs }: RenderCall): Promise<RenderInput[]> {
  const read: RenderInput[] = [];
  for (const file of inputs) {
    read.push({ file, text: file === '-' ? await readStdin() : readFile(file) });
  }
  return read;
}
