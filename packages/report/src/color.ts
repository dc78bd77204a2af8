import { styleText } from 'node:util';
import type { Severity } from '@pindrift/pin';

export interface ColorQuestion {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether what is written to is a terminal. */
  readonly isTTY: boolean;
  /** False for `--no-color`; default true. */
  readonly color?: boolean;
}

/**
 * Whether to colour: never with `--no-color`; then FORCE_COLOR decides as it does in Node
 * (`''`, `1`, `2`, `3` and `true` are yes, anything else no); then a NO_COLOR that is not empty says
 * no (no-color.org); then whether it is a terminal that is not `dumb`.
 */
export function wantsColor({ env, isTTY, color = true }: ColorQuestion): boolean {
  if (!color) return false;
  const force = env.FORCE_COLOR;
  if (force !== undefined) return ['', '1', '2', '3', 'true'].includes(force);
  if ((env.NO_COLOR ?? '') !== '') return false;
  return isTTY && env.TERM !== 'dumb';
}

export type Style = 'red' | 'yellow' | 'green' | 'cyan' | 'dim' | 'bold';

export const SEVERITY_STYLE: Readonly<Record<Severity, Style>> = {
  error: 'red',
  warning: 'yellow',
  info: 'cyan',
};

/** Coloured when the caller has decided so; Node's own look at the environment is left out. */
export function paint(text: string, style: Style | undefined, color: boolean): string {
  return color && style !== undefined ? styleText(style, text, { validateStream: false }) : text;
}
