import { describe, expect, test } from 'vitest';
import { BadReference, familiarName, isDigest, parseReference, withDigest } from './index.ts';

const digest = `sha256:${'0'.repeat(64)}`;
const other = `sha512:${'1'.repeat(128)}`;

describe('withDigest', () => {
  test.each([
    ['nginx', `nginx@${digest}`],
    ['nginx:1.27', `nginx:1.27@${digest}`],
    ['docker.io/library/nginx:1.27', `docker.io/library/nginx:1.27@${digest}`],
    ['index.docker.io/nginx', `index.docker.io/nginx@${digest}`],
    [`nginx@${other}`, `nginx@${digest}`],
    [`localhost:5000/a:b@${digest}`, `localhost:5000/a:b@${digest}`],
  ])('%s keeps its spelling', (text, expected) => {
    expect(withDigest(text, digest)).toBe(expected);
    expect(withDigest(parseReference(text), digest)).toBe(expected);
  });

  test('refuses what is no digest and what is no reference', () => {
    expect(() => withDigest('nginx', 'sha256:00')).toThrow(/64 hex characters, this one has 2/);
    expect(() => withDigest('NGINX', digest)).toThrow(BadReference);
  });
});

describe('familiarName', () => {
  test.each([
    ['docker.io/library/nginx:1', 'nginx'],
    ['docker.io/bitnami/redis', 'bitnami/redis'],
    ['ghcr.io/org/app', 'ghcr.io/org/app'],
    ['docker.io/library/foo/bar', 'library/foo/bar'],
    ['docker.io/localhost/x', 'docker.io/localhost/x'],
    ['docker.io/a.b/x', 'docker.io/a.b/x'],
    [`docker.io/library/${'f'.repeat(64)}`, `library/${'f'.repeat(64)}`],
    ['docker.io/library/docker.io', 'docker.io'],
  ])('of %s is %s', (text, expected) => {
    expect(familiarName(parseReference(text))).toBe(expected);
  });
});

describe('isDigest', () => {
  test.each([
    [digest, true],
    [other, true],
    [`sha384:${'a'.repeat(96)}`, true],
    [`sha256:${'A'.repeat(64)}`, false],
    [`sha256:${'0'.repeat(63)}`, false],
    [`sha256:${'0'.repeat(64)}\n`, false],
    [`md5:${'0'.repeat(32)}`, false],
    [`toString:${'0'.repeat(64)}`, false],
    ['0'.repeat(64), false],
    ['', false],
    [':', false],
  ])('of %j is %s', (text, expected) => {
    expect(isDigest(text)).toBe(expected);
  });
});
