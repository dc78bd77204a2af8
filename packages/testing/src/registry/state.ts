import type { RegistryAuth } from '../auth/registry-auth.ts';
import type { Store } from './store.ts';

/** How this registry's referrers are found: by the API, by the fallback tag, or not at all. */
export type ReferrersMode = 'api' | 'tag' | 'none';

export interface RegistryState {
  readonly store: Store;
  readonly referrers: ReferrersMode;
  readonly auth: RegistryAuth | undefined;
  /** Most entries of one page of tags or referrers, whatever the client asks for. */
  readonly pageSize: number;
}
