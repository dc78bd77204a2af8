export type { Manifest, Platform, Registry, Resolved } from './registry.ts';
