import type { ScanSummary } from '@pindrift/scan';
import type { Summary } from './summary.ts';

/** One line: `3 images: 2 pinned, 1 unpinned; 1 error`. What is zero is left out. */
export function formatSummary(summary: Summary): string {
  const { errors, warnings, infos } = summary;
  return line(subject(summary), findings(errors, warnings, infos));
}

/**
 * One line: `12 images in 3 files: 9 current, 1 behind, 2 unpinned; 2 errors, 1 warning`. What is
 * zero is left out; a scan that was stopped says what it left.
 */
export function formatScanSummary(summary: ScanSummary): string {
  const { files, images, entries, states, severities, left } = summary;
  const counted = [plural(images - entries, 'image'), plural(entries, 'entry of a lock', LOCKED)];
  const what = counted.filter(Boolean).join(' and ') || 'no images';
  const where = `${what} in ${plural(files, 'file') || 'no files'}`;
  const unfinished = [plural(left.files, 'file'), plural(left.questions, 'question')];
  const stopped = unfinished.filter(Boolean).join(' and ');
  return line(
    withCounts(where, Object.entries(states)),
    findings(severities.error, severities.warning, severities.info),
    stopped === '' ? '' : `stopped before ${stopped}`,
  );
}

function subject(summary: Summary): string {
  const states = Object.entries(summary).filter(([key]) => !NOT_A_STATE.has(key));
  if ('images' in summary) {
    return summary.images === 0 ? 'no images' : withCounts(plural(summary.images, 'image'), states);
  }
  const lock = withCounts('lock', states);
  return lock === 'lock' ? 'the lock is empty' : lock;
}

const NOT_A_STATE: ReadonlySet<string> = new Set([
  'images',
  'errors',
  'warnings',
  'infos',
  'codes',
]);

/** `lock: 2 added, 1 updated` */
function withCounts(what: string, counts: readonly [name: string, count: number][]): string {
  const said = counts.filter(([, count]) => count > 0).map(([name, count]) => `${count} ${name}`);
  return said.length === 0 ? what : `${what}: ${said.join(', ')}`;
}

function findings(errors: number, warnings: number, infos: number): string {
  const counts = [plural(errors, 'error'), plural(warnings, 'warning'), plural(infos, 'info')];
  return counts.filter(Boolean).join(', ');
}

const LOCKED = 'entries of a lock';

function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return count === 0 ? '' : `${count} ${count === 1 ? noun : nouns}`;
}

function line(...parts: readonly string[]): string {
  return `${parts.filter(Boolean).join('; ')}\n`;
}
