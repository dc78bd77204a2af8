import manifest from '../package.json' with { type: 'json' };

/** The version that `--version` prints: that of the package it was built from. */
export const VERSION: string = manifest.version;
