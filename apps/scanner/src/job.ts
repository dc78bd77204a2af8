import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { exitCode, type FailOn, failOnName } from '@pindrift/pin';
import { registrySettings } from '@pindrift/pin/config';
import { cacheFolder, createRegistry } from '@pindrift/registry';
import {
  findingsTable,
  formatJson,
  formatScanSummary,
  type Layout,
  scanDocument,
  unknownReasons,
  wantsColor,
} from '@pindrift/report';
import { openStore, parseDuration, type ScanReport, scan } from '@pindrift/scan';
import type { Call } from './call.ts';
import { type Fleet, readFleet } from './fleet.ts';
import { type Io, write } from './io.ts';
import { ScannerError } from './scanner-error.ts';
import { createTeller, type Teller } from './tell.ts';
import { VERSION } from './version.ts';

/** Beside the configuration, or in the working directory. */
const STORE_FILE = 'pindrift.sqlite';

/** Scans, prints the report, and says what the exit code is. */
export async function runJob(call: Call, io: Io): Promise<0 | 1 | 2> {
  const fleet = await fleetOf(call, io);
  const teller = createTeller(io, call);
  const report = await scanFleet(fleet, { call, io, teller }).finally(teller.stop);
  await write(io.stdout, reportText(report, call, io));
  if (report.summary.left.files > 0) return 2;
  return exitCode(report.findings, { failOn: call.failOn ?? failOnOf(fleet) });
}

/** What the configuration says; the command line wins. */
async function fleetOf({ config, paths }: Call, { cwd }: Io): Promise<Fleet> {
  const fleet: Fleet =
    config === undefined ? { folder: cwd, file: undefined } : await readFleet(config, cwd);
  const sources = paths.length > 0 ? paths : fleet.sources;
  if (sources !== undefined && sources.length > 0) return { ...fleet, sources };
  throw new ScannerError('usage', 'name the folders to scan, or a configuration with sources');
}

async function scanFleet(
  fleet: Fleet,
  { call, io, teller }: { readonly call: Call; readonly io: Io; readonly teller: Teller },
): Promise<ScanReport> {
  const { sources = [], retention = [], ignore = [], fields = [] } = fleet;
  const settle = call.settle ?? parseDuration(fleet.settle ?? '');
  const path = storePath(call, fleet, io);
  const { warnings, ...settings } = await registrySettings({ registries: {}, ...fleet }, io.env);
  warnings.forEach(teller.warn);
  const home = io.env.HOME || io.env.USERPROFILE || homedir();
  const registry = createRegistry({
    ...settings,
    environment: io.env,
    home,
    cache: cacheFolder(io.env, home),
    offline: call.offline ?? false,
    userAgent: `pindrift-scanner/${VERSION}`,
    warn: teller.warn,
  });
  const store = path === undefined ? undefined : openStore(path);
  try {
    return await scan(
      { sources, retention, ignore, fields, ...(settle !== undefined && { settle }) },
      {
        registry,
        store,
        cwd: io.cwd,
        gitignore: call.ignore,
        now: io.now,
        signal: io.signal,
        onEvent: teller.onEvent,
      },
    );
  } finally {
    store?.close();
    await registry.close();
  }
}

function storePath(call: Call, fleet: Fleet, { cwd }: Io): string | undefined {
  const named = call.store ?? fleet.store;
  if (named === 'none') return undefined;
  return named === undefined ? resolve(fleet.folder, STORE_FILE) : resolve(cwd, named);
}

function failOnOf({ failOn = ['error'] }: Fleet): FailOn {
  return failOn.flatMap((name) => failOnName(name) ?? []);
}

function reportText(report: ScanReport, { format, color }: Call, { stdout, env }: Io): string {
  if (format === 'json') return formatJson(scanDocument(report));
  const isTTY = stdout.isTTY === true;
  const layout: Layout = {
    color: wantsColor({ env, isTTY, color }),
    ...(isTTY && stdout.columns !== undefined && { width: stdout.columns }),
  };
  const { findings, summary } = report;
  const reasons = unknownReasons(findings, layout);
  return findingsTable(findings, layout) + reasons + formatScanSummary(summary);
}
