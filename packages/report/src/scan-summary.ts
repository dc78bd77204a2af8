import type { ScanSummary } from '@pindrift/scan';

/**
 * One line: `12 images in 3 files: 9 current, 1 behind, 2 unpinned; 2 errors, 1 warning`. What is
 * zero is left out; a scan that was stopped says what it left.
 */
export function formatScanSummary({
  files,
  images,
  states,
  severities,
  left,
}: ScanSummary): string {
  const counts = Object.entries(states).flatMap(([state, count]) =>
    count > 0 ? `${count} ${state}` : [],
  );
  const found = [
    plural(severities.error, 'error'),
    plural(severities.warning, 'warning'),
    plural(severities.info, 'info'),
  ];
  const unfinished = [plural(left.files, 'file'), plural(left.questions, 'question')].filter(
    Boolean,
  );
  const parts = [
    `${plural(images, 'image') || 'no images'} in ${plural(files, 'file') || 'no files'}${counts.length > 0 ? `: ${counts.join(', ')}` : ''}`,
    found.filter(Boolean).join(', '),
    unfinished.length > 0 ? `stopped before ${unfinished.join(' and ')}` : '',
  ];
  return `${parts.filter(Boolean).join('; ')}\n`;
}

function plural(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;
}
