import { isDate } from '../config/ignore-rule.ts';
import type { Exemption } from '../ignore.ts';
import type { Remark } from './finding-of.ts';
import { shown } from './place.ts';

/** The remark about an ignore that holds no longer, or of which nobody can tell until when it does. */
export function exemptionRemark({ reason, until = '' }: Exemption, text: string): Remark {
  const why = reason === '' ? '' : ` (${shown(reason)})`;
  const when = isDate(until) ? `held until ${until}` : `names no date: ${shown(until)}`;
  return {
    code: 'expired-ignore',
    says: `the ignore of ${shown(text)}${why} ${when}`,
    help: 'remove the ignore, or give it a new date, written YYYY-MM-DD',
  };
}
