import type { FindingCode, Severity } from './finding.ts';
import { FINDING_CODES, findingCode } from './finding-codes.ts';

/**
 * What makes a program fail: finding codes, or a severity that stands for itself and what is above
 * it; `none` for nothing.
 */
export type FailOn = readonly (FindingCode | Severity | 'none')[];

const LEVELS = ['error', 'warning', 'info', 'none'] as const;

/** The text as something to fail for; undefined where there is no such thing. */
export function failOnName(text: string): FailOn[number] | undefined {
  return LEVELS.find((level) => level === text) ?? findingCode(text);
}

/** What there is to fail for, for messages. */
export function failOnNames(): string {
  return [...LEVELS, ...Object.keys(FINDING_CODES)].join(', ');
}
