import { type IgnoreRule, isDate } from './config/ignore-rule.ts';

/** Why an image is ignored, and the last day on which it is; as written, so it may be no date. */
export interface Exemption {
  readonly reason: string;
  readonly until: string | undefined;
}

/** Finds the rule for a reference, by its text and by the key that the lock holds it under. */
export type RuleLookup = (text: string, key: string | undefined) => Exemption | undefined;

/** Compiles the rules of a configuration; loads the glob library only where there are any. */
export async function compileRules(rules: readonly IgnoreRule[]): Promise<RuleLookup> {
  if (rules.length === 0) return () => undefined;
  const { globMatcher } = await import('./glob.ts');
  const compiled = rules.map(({ pattern, reason, expires }) => ({
    exemption: { reason, until: expires },
    matches: globMatcher(pattern),
  }));
  const found = new Map<string, Exemption | undefined>();
  return (text, key) => {
    if (found.has(text)) return found.get(text);
    const names = key === undefined ? [text] : [key, key.slice(0, key.lastIndexOf(':')), text];
    const rule = compiled.find(({ matches }) => names.some((name) => matches(name)));
    found.set(text, rule?.exemption);
    return rule?.exemption;
  };
}

/** True from the day after the last one on; and for what is no date, as nobody could tell. */
export function hasExpired({ until }: Exemption, today: string): boolean {
  return until !== undefined && (!isDate(until) || until < today);
}
