import { image, startRegistry } from '@pindrift/testing';
import { raw } from '@pindrift/testing/faults';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isBelievableDigest } from './manifest/digest.ts';
import { RegistryError } from './registry-error.ts';
import { client, named } from './testing/client.ts';

const digest = `sha256:${'ab'.repeat(32)}`;
const manifest = image().bytes.toString();

const piece = fc.oneof(
  fc.constantFrom(
    'docker-content-digest: ',
    'content-type: application/vnd.oci.image.index.v1+json',
    'content-type: text/html',
    'content-length: 5',
    'content-length: 99999999999999999999',
    'content-length: -1',
    'content-encoding: gzip',
    'content-encoding: constructor',
    'transfer-encoding: chunked',
    'www-authenticate: Bearer realm="https://',
    'www-authenticate: Basic realm=x, Bearer',
    'location: //127.0.0.1:1/',
    'location: /v2/',
    'location: https://[',
    'link: <?n=1>; rel=next',
    'retry-after: 0',
    'retry-after: 99999999999',
    'ratelimit: r=0;t=99999999',
    'connection: close',
    digest,
    '\r\n',
    '\r\n\r\n',
    '{"manifests":[]}',
    '{"schemaVersion":1}',
    manifest,
    '5\r\nabcde\r\n0\r\n\r\n',
    'ffffffff\r\n',
  ),
  fc.string({ maxLength: 8 }),
);
const status = fc.constantFrom(
  100,
  101,
  103,
  200,
  204,
  206,
  301,
  303,
  304,
  307,
  401,
  403,
  404,
  405,
  407,
  429,
  500,
  503,
  999,
);
const answer = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(status, fc.array(piece, { maxLength: 8 }))
      .map(([code, pieces]) => `HTTP/1.1 ${code} X\r\n${pieces.join('')}`),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
);

test('whatever a host sends, the answer is a digest that can be believed or an error of ours', async () => {
  await using server = await startRegistry();
  let answers: string[] = [];
  let at = 0;
  server.fault({
    does: (exchange, next) => {
      at += 1;
      return raw(answers[(at - 1) % answers.length] ?? '')(exchange, next);
    },
  });
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 4 }), async (sent) => {
      answers = sent;
      at = 0;
      await using registry = client({
        timeout: 500,
        hosts: { [server.host]: { plainHttp: true } },
      });
      const reference = named(server, 'app', 'v1');
      for (const ask of [registry.resolve, registry.manifest, registry.referrers]) {
        const outcome = await ask(reference).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(RegistryError);
        else if (!Array.isArray(outcome))
          expect(outcome).toSatisfy((found: { digest: string }) =>
            isBelievableDigest(found.digest),
          );
      }
      const tags = await registry.tags(reference).catch((error: unknown) => error);
      if (tags instanceof Error) expect(tags).toBeInstanceOf(RegistryError);
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 150) },
  );
}, 60_000);
