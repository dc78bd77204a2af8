/** Major, minor and patch, with whatever stands behind them: `1.27.3`, `v2.0.1-alpine`, `1.2.3.4`. */
const FULL_VERSION = /:v?\d+\.\d+\.\d+([.-][\w.-]+)?$/;

/** What its publisher moves every night, although it carries a whole version. */
const MOVING = /(snapshot|nightly|latest|edge|dev)/i;

/** True for a canonical name whose tag looks as if it would never name anything else. */
export function isFullVersion(name: string): boolean {
  const tag = name.slice(name.lastIndexOf(':'));
  return FULL_VERSION.test(tag) && !MOVING.test(tag);
}
