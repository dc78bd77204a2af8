import { foreignEncoding } from './encoding.ts';
import { readDocumentStart } from './fast/document-start.ts';
import { leaveItem } from './fast/items.ts';
import { readLines } from './fast/read-lines.ts';
import { createScan, type Scan, startScan } from './fast/scan.ts';
import { createStrayTest } from './fast/stray-bytes.ts';
import { createGate } from './gate.ts';
import type { Leftover } from './read-leftovers.ts';
import type { Part, Reading } from './reading.ts';
import { splitStream } from './split-stream.ts';

/**
 * Reads everything that is written in the simple YAML that people and programs write for Kubernetes,
 * straight from the bytes. It knows a part of YAML's grammar and gives up wherever something else
 * could be meant; what it answers is what the exact reader would answer. Returns what it left over.
 * It ends early where the table of custom resources is missing.
 */
export function readFast(reading: Reading): Leftover[] {
  const leftovers: Leftover[] = [];
  const foreign = foreignEncoding(reading.bytes);
  if (foreign !== undefined) {
    reading.bad.push(foreign);
    return leftovers;
  }
  const scan = createScan(reading);
  const mayHold = createGate(reading.bytes, reading.plans.gateWords);
  const isStray = createStrayTest(reading.bytes);
  for (const part of splitStream(reading.bytes)) {
    if (!mayHold(part)) continue;
    const before = reading.sites.length;
    if (reading.plans.needsTable()) break;
    if (isStray(part) || !readDocument(scan, part)) {
      reading.sites.length = before;
      leftovers.push({ ...part, items: [] });
    } else if (scan.items.length > 0) {
      leftovers.push({ ...part, items: [...scan.items] });
    }
  }
  return leftovers;
}

/** Reads one document, leaving items over where needed; false where it must be read exactly. */
function readDocument(scan: Scan, part: Part): boolean {
  startScan(scan, part);
  if (!readDocumentStart(scan)) return false;
  while (!readLines(scan)) if (!leaveItem(scan)) return false;
  return true;
}
