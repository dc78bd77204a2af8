import type { Clock } from '../../clock.ts';
import { type JsonObject, parseJsonObject } from '../../json.ts';
import { proxiesFrom } from '../../transport/proxy.ts';
import { createTransport } from '../../transport/transport.ts';
import { anyAddress } from '../any-address.ts';

/** One request to a cloud's identity service. */
export interface CloudRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface CloudAnswer {
  readonly status: number;
  readonly text: string;
  /** The body as a JSON object; undefined when it is none. */
  readonly json: JsonObject | undefined;
}

/** What a source of ambient credentials may know of the machine. */
export interface Cloud {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly clock: Clock;
  /** Asks a service; undefined when nobody answers there within two seconds. */
  readonly ask: (request: CloudRequest) => Promise<CloudAnswer | undefined>;
}

/** Milliseconds: on a machine that is in no cloud nobody answers. */
const patience = 2000;
const longestAnswer = 1_048_576;

/**
 * Asks identity services. Their addresses come from the provider or from the environment, never
 * from a registry, so the rule against metadata addresses does not hold here; redirects are not
 * followed, and link-local services are never asked through a proxy.
 */
export function cloudAsker(environment: Cloud['environment']): Cloud['ask'] {
  return async ({ method, url: text, headers = {}, body }) => {
    const url = new URL(text);
    const isLocal = /^169\.254\.|^metadata\.google\.internal$|^\[fd00:ec2/.test(url.hostname);
    const proxies = proxiesFrom(isLocal ? {} : environment);
    const transport = createTransport({
      guard: anyAddress,
      settingsFor: () => settings,
      proxyFor: proxies,
      machine: { environment, home: '' },
    });
    const hostname = url.hostname;
    try {
      const answer = await transport.exchange({
        method,
        url,
        headers,
        body,
        limit: longestAnswer,
        step: 'find credentials',
        onBehalfOf: hostname,
      });
      const json = parseJsonObject(answer.body);
      return { status: answer.status, text: Buffer.from(answer.body).toString('utf8'), json };
    } catch {
      return undefined;
    } finally {
      await transport.close();
    }
  };
}

const settings = {
  concurrency: 1,
  timeout: patience,
  connectTimeout: patience,
  skipVerify: false,
  ca: undefined,
  cert: undefined,
  key: undefined,
  http2: false,
} as const;
