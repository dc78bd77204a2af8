import type { Finding } from '../findings/finding.ts';
import type { PinnedImage } from '../pin-context.ts';

/** How what was found is told, to people and to programs; `@pindrift/report` knows. */
export interface Teller {
  formatFinding(finding: Finding, options: { readonly source?: string }): string;
  /** The document of `--report`; `error` says why a render could not be finished. */
  renderDocument(
    result: { readonly images: readonly PinnedImage[]; readonly findings: readonly Finding[] },
    error?: string,
  ): Readonly<Record<string, unknown>> & { readonly $schema: string };
  formatJson(document: { readonly $schema: string }): string;
}
