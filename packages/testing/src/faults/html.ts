import type { Fault } from '../http/fault.ts';

const PAGE = '<!doctype html><html><head><title>Sign in</title></head><body>Welcome</body></html>';

/** Answers with a web page, as a login portal or a wrong proxy does. */
export function html(status = 200): Fault {
  return () => ({
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
    body: Buffer.from(PAGE),
  });
}
