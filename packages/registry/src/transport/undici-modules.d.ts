/** undici has no `exports` map; its index costs 70 ms to load, these two a third of it. */
declare module 'undici/lib/dispatcher/pool.js' {
  import type { Pool } from 'undici';
  export = Pool;
}
/** `Dispatcher.prototype.request`, which only undici's index puts in its place. */
declare module 'undici/lib/api/api-request.js' {
  import type { Dispatcher } from 'undici';

  function request(
    this: Dispatcher,
    options: Dispatcher.RequestOptions,
  ): Promise<Dispatcher.ResponseData>;
  export = request;
}
