/** A registry in a process of its own, so that it does not share a core with what is timed. */
import { image, startRegistry } from '@pindrift/testing';

export interface Ready {
  readonly host: string;
}

const [images = '0', latency = '0'] = process.argv.slice(2);
const registry = await startRegistry({ latency: Number(latency) });
for (let i = 0; i < Number(images); i++) {
  registry.push(`team/app-${i % 50}`, `1.0.${i}`, image({ config: { i } }));
}

process.on('message', (message) => {
  if (message === 'counters') {
    process.send?.({ ...registry.counters });
    registry.forget();
  } else {
    void registry.close().then(() => process.disconnect());
  }
});
process.send?.({ host: registry.host } satisfies Ready);
