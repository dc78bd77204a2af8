/**
 * The long run of the differential test: both readers of `@pindrift/documents` and the library
 * `yaml` over generated and mutated documents. `npm run fuzz -- [documents] [seed]`.
 */
import { parseAllDocuments } from 'yaml';
import { runDifferential } from '../packages/documents/src/differential/run.ts';

const documents = Number(process.argv[2] ?? 200_000);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000_000);
const STEP = 10_000;

let [done, fast, judged, images] = [0, 0, 0, 0];
console.log(`seed ${seed}: npm run fuzz -- ${documents} ${seed} runs the same again`);
while (done < documents) {
  const size = Math.min(STEP, documents - done);
  const run = runDifferential({ documents: size, seed: seed + done, parse });
  for (const difference of run.differences) {
    console.error(`\nseed ${difference.seed}:\n${difference.text}\n${difference.difference}`);
    process.exit(1);
  }
  done += run.documents;
  fast += run.fast;
  judged += run.judged;
  images += run.images;
  console.log(`${done} documents, ${fast} read fast, ${judged} judged, ${images} images`);
}

function parse(text: string): unknown[] | undefined {
  try {
    const options = { merge: true, uniqueKeys: true, logLevel: 'silent' } as const;
    const documents = [...parseAllDocuments(text, options)];
    const refused = documents.some(({ errors, warnings }) => errors.length + warnings.length > 0);
    return refused ? undefined : documents.map((document) => document.toJS());
  } catch {
    return undefined;
  }
}
