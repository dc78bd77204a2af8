import type { Verb } from './verb.ts';

interface VerbEntry {
  /** What it does, as a line of the help. */
  readonly summary: string;
  readonly alias?: string;
  /** It takes the options of verbs that ask registries. */
  readonly asksRegistries?: true;
  readonly load: () => Promise<Verb>;
}

/** Every verb in the order of the help; each is loaded when it is called. */
export const VERBS: Readonly<Record<string, VerbEntry>> = {
  find: {
    summary: 'List every image that files name; no network',
    load: async () => (await import('./verbs/find.ts')).find,
  },
  lock: {
    summary: 'Write the digest of every image that files name into the lock',
    asksRegistries: true,
    load: async () => (await import('./verbs/lock.ts')).lock,
  },
  pin: {
    summary: 'Put digests into files, from the lock or from the registries',
    asksRegistries: true,
    load: async () => (await import('./verbs/pin.ts')).pin,
  },
  check: {
    summary: 'Say what is not pinned, or not to what the lock says; no network',
    load: async () => (await import('./verbs/check.ts')).check,
  },
  resolve: {
    summary: 'Print the digest that a tag names now, and whether the lock knows it',
    alias: 'digest',
    asksRegistries: true,
    load: async () => (await import('./verbs/resolve.ts')).resolve,
  },
  manifest: {
    summary: 'Print the manifest of an image, as the registry sent it',
    asksRegistries: true,
    load: async () => (await import('./verbs/manifest.ts')).manifest,
  },
  config: {
    summary: 'Print the configuration of an image: entry point, environment, labels',
    asksRegistries: true,
    load: async () => (await import('./verbs/config.ts')).config,
  },
  platforms: {
    summary: 'List the platforms that an image is made for',
    asksRegistries: true,
    load: async () => (await import('./verbs/platforms.ts')).platforms,
  },
  tags: {
    summary: 'List the tags of a repository, full versions first',
    asksRegistries: true,
    load: async () => (await import('./verbs/tags.ts')).tags,
  },
  referrers: {
    summary: 'List what refers to an image: signatures, attestations, SBOMs',
    asksRegistries: true,
    load: async () => (await import('./verbs/referrers.ts')).referrers,
  },
  copy: {
    summary: 'Copy an image to another repository, with what refers to it',
    asksRegistries: true,
    load: async () => (await import('./verbs/copy.ts')).copy,
  },
  export: {
    summary: "Write the lock in another tool's format",
    load: async () => (await import('./verbs/export.ts')).exportLock,
  },
  import: {
    summary: "Take digests from another tool's file into the lock",
    load: async () => (await import('./verbs/import.ts')).importLock,
  },
  scan: {
    summary: 'Say what is unpinned, stale or gone in what is here; asks the registries',
    asksRegistries: true,
    load: async () => (await import('./verbs/scan.ts')).scan,
  },
  init: {
    summary: 'Write a configuration and the lock for this folder, and say what to add where',
    asksRegistries: true,
    load: async () => (await import('./verbs/init.ts')).init,
  },
  doctor: {
    summary: 'Say what is installed, which credentials are found, and what would fail',
    asksRegistries: true,
    load: async () => (await import('./verbs/doctor.ts')).doctor,
  },
  explain: {
    summary: 'Say what a finding means and how to mend it',
    load: async () => (await import('./verbs/explain.ts')).explain,
  },
  completion: {
    summary: 'Print the completion script for a shell',
    load: async () => (await import('./verbs/completion.ts')).completion,
  },
};
