import { type ExitCodeOptions, FINDING_CODES, findingCode } from '@pindrift/pin';

/** Finding codes, and severities that stand for themselves and what is above them. */
export type FailOn = NonNullable<ExitCodeOptions['failOn']>;

const LEVELS = ['error', 'warning', 'info', 'none'] as const;

/** The text as something to fail for; undefined where there is no such thing. */
export function failOnName(text: string): FailOn[number] | undefined {
  return LEVELS.find((level) => level === text) ?? findingCode(text);
}

/** What there is to fail for, for messages. */
export function failOnNames(): string {
  return [...LEVELS, ...Object.keys(FINDING_CODES)].join(', ');
}
