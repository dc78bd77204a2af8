import type { FailOn } from './fail-on.ts';
import type { Finding, Severity } from './finding.ts';
import { FINDING_CODES } from './finding-codes.ts';

export interface ExitCodeOptions {
  /** Default: `['error']`. */
  readonly failOn?: FailOn;
}

const RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/**
 * The exit code that all programs share. 0: nothing to report. 1: findings that `failOn` names.
 * 2: something is unknown (an error whose code says so counts whatever `failOn` names); 2 wins.
 */
export function exitCode(findings: Iterable<Finding>, options: ExitCodeOptions = {}): 0 | 1 | 2 {
  const failOn = options.failOn ?? ['error'];
  const codes = new Set<string>(failOn);
  const level = Math.min(...failOn.map((name) => RANK[name as Severity] ?? Infinity));
  let worst: 0 | 1 | 2 = 0;
  for (const finding of findings) {
    const exit = FINDING_CODES[finding.code].exitCode;
    const unknown = exit === 2 && finding.severity === 'error';
    if (!unknown && !codes.has(finding.code) && RANK[finding.severity] < level) continue;
    if (exit === 2) return 2;
    worst = 1;
  }
  return worst;
}
