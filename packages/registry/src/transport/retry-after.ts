const goUnits: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/**
 * Milliseconds to wait, from a `Retry-After` header, counted from `now` (ms since the epoch);
 * never negative, undefined when it is none of: whole or decimal seconds and an HTTP date
 * (RFC 9110 §10.2.3), or a Go duration (GHCR sends `880.092µs`).
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? '';
  if (text === '' || text.length > 64) return undefined;
  if (/^\d+(?:\.\d+)?$/.test(text)) return finite(Number(text) * 1000);
  return parseGoDuration(text) ?? parseDate(text, now);
}

function parseGoDuration(text: string): number | undefined {
  // Header bytes arrive as latin1, so the two UTF-8 spellings of the micro sign have two letters.
  const ascii = text.replace(/Âµ|Î¼|µ|μ/g, 'u');
  if (!/^\+?(?:\d+(?:\.\d*)?(?:ns|us|ms|s|m|h))+$/.test(ascii)) return undefined;
  let total = 0;
  for (const [, amount, unit] of ascii.matchAll(/(\d+(?:\.\d*)?)(ns|us|ms|s|m|h)/g)) {
    total += Number(amount) * (goUnits[unit ?? ''] ?? 0);
  }
  return finite(total);
}

function parseDate(text: string, now: number): number | undefined {
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

function finite(ms: number): number | undefined {
  return Number.isFinite(ms) ? ms : undefined;
}
