import type { Exchange } from '../http/exchange.ts';
import type { Fault } from '../http/fault.ts';
import { header } from './header.ts';

/**
 * Lies about the next page: `missing`, though there is one; `endless`, always another page that
 * says the same; `loop`, the same page; or any Link value, such as `<http://…>; rel="next"`.
 */
export function link(
  lie: 'missing' | 'endless' | 'loop' | { readonly value: string | readonly string[] },
): Fault {
  let page = 0;
  const valueFor = (exchange: Exchange): string | readonly string[] | undefined => {
    if (typeof lie === 'object') {
      return lie.value;
    }
    page += 1;
    const query = lie === 'endless' ? new URLSearchParams({ page: String(page) }) : exchange.query;
    return lie === 'missing' ? undefined : `<${exchange.path}?${query}>; rel="next"`;
  };
  return (exchange, next) => header('Link', valueFor(exchange))(exchange, next);
}
