import { json } from '../http/exchange.ts';
import type { Fault } from '../http/fault.ts';

/** Answers with a status and nothing useful, in the registry's JSON form; `times: n` makes it pass. */
export function status(code: number, message = `status ${code} on demand`): Fault {
  return () => json(code, { errors: [{ code: 'UNKNOWN', message }] });
}
