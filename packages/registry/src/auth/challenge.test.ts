import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseChallenges } from './challenge.ts';

function read(...values: string[]): [string, Record<string, string>][] {
  return parseChallenges(values).map(({ scheme, parameters }) => [
    scheme,
    Object.fromEntries(parameters),
  ]);
}

describe('WWW-Authenticate', () => {
  test('one challenge with quoted parameters', () => {
    expect(
      read(
        'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/alpine:pull,push"',
      ),
    ).toEqual([
      [
        'bearer',
        {
          realm: 'https://auth.docker.io/token',
          service: 'registry.docker.io',
          scope: 'repository:library/alpine:pull,push',
        },
      ],
    ]);
  });

  test('two challenges in one header, as Forgejo sends them', () => {
    expect(
      read(
        'Bearer realm="https://codeberg.org/v2/token",service="container_registry",scope="*",Basic realm="https://codeberg.org/v2",charset="UTF-8"',
      ),
    ).toEqual([
      [
        'bearer',
        { realm: 'https://codeberg.org/v2/token', service: 'container_registry', scope: '*' },
      ],
      ['basic', { realm: 'https://codeberg.org/v2', charset: 'UTF-8' }],
    ]);
  });

  test('several headers keep their order', () => {
    expect(read('Negotiate', 'NTLM', 'Basic realm="x"').map(([scheme]) => scheme)).toEqual([
      'negotiate',
      'ntlm',
      'basic',
    ]);
  });

  test('escapes, any letter case, spaces around the equals sign, values without quotes', () => {
    expect(read('BEARER Realm = "a\\"b\\\\c" , SERVICE=reg.example , error=invalid_token')).toEqual(
      [['bearer', { realm: 'a"b\\c', service: 'reg.example', error: 'invalid_token' }]],
    );
  });

  test('a token68 is skipped, and what follows it is read', () => {
    expect(read('Negotiate abc123/+-==, Basic realm="x"')).toEqual([
      ['negotiate', {}],
      ['basic', { realm: 'x' }],
    ]);
  });

  test('the first of two parameters of one name counts', () => {
    expect(read('Bearer realm="https://good.example",realm="https://evil.example"')).toEqual([
      ['bearer', { realm: 'https://good.example' }],
    ]);
  });

  test('what is broken is read as far as it goes', () => {
    expect(read('')).toEqual([]);
    expect(read('Bearer realm="https://a.example')).toEqual([
      ['bearer', { realm: 'https://a.example' }],
    ]);
    expect(read('"""=,,,; Basic realm=x').map(([scheme]) => scheme)).toContain('basic');
  });

  test('anything is read without a fault, in time linear in its length', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'Bearer realm="\\,;= \t/@'), maxLength: 300 }),
        (value) => {
          for (const { scheme } of parseChallenges([value])) expect(scheme).toMatch(/^\S+$/);
        },
      ),
    );
    for (const hostile of ['a=', 'a ', '"\\', ',', 'a="', 'Basic ', '= ']) {
      expect(Array.isArray(parseChallenges([hostile.repeat(50_000)]))).toBe(true);
    }
  });

  test('what is written as a challenge is read back', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/);
    const value = fc.string({ unit: 'binary-ascii', maxLength: 30 });
    fc.assert(
      fc.property(
        name,
        fc.dictionary(name, value, { minKeys: 1, maxKeys: 4 }),
        (scheme, parameters) => {
          const quoted = Object.entries(parameters).map(
            ([key, text]) => `${key}="${text.replace(/["\\]/g, '\\$&')}"`,
          );
          expect(read(`${scheme} ${quoted.join(',')}`)).toEqual([[scheme, parameters]]);
        },
      ),
    );
  });
});
