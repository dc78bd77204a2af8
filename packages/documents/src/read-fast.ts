import { readDocumentStart } from './fast/document-start.ts';
import { leaveItem } from './fast/items.ts';
import { readLines } from './fast/read-lines.ts';
import { createScan, type Scan, startScan } from './fast/scan.ts';
import { createStrayTest } from './fast/stray-bytes.ts';
import { createGate } from './gate.ts';
import type { Leftover } from './read-leftovers.ts';
import type { Part, Reading } from './reading.ts';

/** What the fast reader did not read: what only the exact one can, and what waits for the table. */
export interface Unread {
  readonly leftovers: readonly Leftover[];
  /** The document that needs the table of custom resources, where it is missing, and all behind. */
  readonly waiting: readonly Part[];
}

/**
 * Reads everything that is written in the simple YAML that people and programs write for Kubernetes,
 * straight from the bytes. It knows a part of YAML's grammar and gives up wherever something else
 * could be meant; what it answers is what the exact reader would answer.
 */
export function readFast(reading: Reading, parts: readonly Part[]): Unread {
  const leftovers: Leftover[] = [];
  const scan = createScan(reading);
  const mayHold = createGate(reading.bytes, reading.plans.gateWords);
  const isStray = createStrayTest(reading.bytes);
  for (const [index, part] of parts.entries()) {
    if (!mayHold(part)) continue;
    const before = reading.sites.length;
    const isRead = !isStray(part) && readDocument(scan, part);
    if (reading.plans.needsTable()) {
      reading.sites.length = before;
      return { leftovers, waiting: parts.slice(index) };
    }
    if (!isRead) reading.sites.length = before;
    if (!isRead || scan.items.length > 0) {
      leftovers.push({ ...part, items: isRead ? [...scan.items] : [] });
    }
  }
  return { leftovers, waiting: [] };
}

/** Reads one document, leaving items over where needed; false where it must be read exactly. */
function readDocument(scan: Scan, part: Part): boolean {
  startScan(scan, part);
  if (!readDocumentStart(scan)) return false;
  while (!readLines(scan)) if (!leaveItem(scan)) return false;
  return true;
}
