import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { AddressGuard } from '../transport/address-guard.ts';

const lookupAny: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, options, callback);
};

/** For services whose address comes from the user or the machine, and never from a registry. */
export const anyAddress: AddressGuard = {
  checkLiteral: () => undefined,
  lookupFor: () => lookupAny,
  isPrivate: () => true,
};
