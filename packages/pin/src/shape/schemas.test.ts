import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { configShape } from '../config/config-shape.ts';
import { isDate } from '../config/ignore-rule.ts';
import { lockShape, pinImagesShape } from '../lock/lock-shape.ts';
import { problemsOf, type Shape } from './shape.ts';

const ajv = new Ajv2020({ strict: true, allErrors: true, allowMatchingProperties: true });
ajv.addFormat('date', { type: 'string', validate: isDate });

function schema(name: string): ReturnType<Ajv2020['compile']> {
  const url = new URL(`../../schemas/${name}.schema.json`, import.meta.url);
  return ajv.compile(JSON.parse(readFileSync(url, 'utf8')));
}

/** What is good for a program must be good for an editor, and what is bad, bad. */
function judge(name: string, shape: Shape, good: readonly string[], bad: readonly string[]): void {
  const validate = schema(name);
  test.each(good)('accepts %s', (text) => {
    expect(problemsOf(parse(text), shape)).toEqual([]);
    expect([validate(parse(text)), validate.errors]).toEqual([true, null]);
  });
  test.each(bad)('refuses %s', (text) => {
    expect(problemsOf(parse(text), shape)).not.toEqual([]);
    expect(validate(parse(text))).toBe(false);
  });
}

const SHARED_GOOD = [
  'settings: {mode: resolve, onMissing: keep, untagged: latest}',
  'settings: {}',
  'ignore: [{pattern: "ghcr.io/**", reason: ours, expires: "2026-12-31"}]',
  "fields: [{group: '', kind: Widget, path: 'spec.images[*].ref'}]",
  'fields: [{group: example.com, kind: Widget, podSpec: spec.template.spec}]',
  'fields: [{group: example.com, kind: W, split: {repository: spec.repo, tag: spec.tag}}]',
  `fields: [{group: example.com, kind: W, path: "metadata.annotations['a.b/c']"}]`,
];
const SHARED_BAD = [
  'settings: {mod: locked}',
  'settings: {mode: offline}',
  'settings: [locked]',
  'ignore: [{pattern: x}]',
  'ignore: [{pattern: x, reason: ""}]',
  'ignore: [{pattern: x, reason: y, expires: "2026-02-30"}]',
  'ignore: [{pattern: x, reason: y, expires: soon}]',
  'ignore: {pattern: x, reason: y}',
  'fields: [{group: example.com, kind: W}]',
  'fields: [{group: example.com, kind: W, path: a, podSpec: b}]',
  'fields: [{group: example.com, kind: W, path: a..b}]',
  'fields: [{group: example.com, kind: W, split: {tag: a}}]',
  'fields: [{kind: W, path: a}]',
];

describe('config.schema.json', () => {
  judge(
    'config',
    configShape,
    [
      'registriesConf: /etc/containers/registries.conf',
      'hostsDirectory: certs.d',
      'pullSecrets: [secret.yaml]',
      'clusterPullSecrets: {}',
      'clusterPullSecrets: {server: "https://api.example:6443", namespace: a, secrets: [b], serviceAccount: c, tokenFile: d, caFile: e}',
      'ambientAuth: false',
      ...SHARED_GOOD,
      '{}',
      'lock: deploy/images.lock.yaml',
      'registries: {"localhost:5000": {insecure: true, concurrency: 4, timeout: 500}}',
      'registries: {docker.io: {mirrors: [{url: "https://mirror.example/hub", resolve: true}]}}',
      'registries: {"[::1]:5000": {ca: ca.pem, cert: cert.pem, key: key.pem, http2: false}}',
      'registries: {ghcr.io: {credentials: anonymous}, quay.io: {credentials: {helper: pass}}}',
      'registries: {ghcr.io: {credentials: {tokenEnv: TOKEN}}}',
      'registries: {ghcr.io: {credentials: {usernameEnv: U, passwordEnv: P}, realmHosts: [a.example]}}',
    ],
    [
      ...SHARED_BAD,
      '[]',
      'locks: x',
      'clusterPullSecrets: true',
      'clusterPullSecrets: {server: "http://api.example"}',
      'clusterPullSecrets: {token: hunter2}',
      'lock: 1',
      'registries: {"https://ghcr.io": {}}',
      'registries: {ghcr.io: {insecure: "yes"}}',
      'registries: {ghcr.io: {concurrency: 0}}',
      'registries: {ghcr.io: {timeout: 1.5}}',
      'registries: {ghcr.io: {credentials: {username: u, password: p}}}',
      'registries: {ghcr.io: {credentials: "user:secret"}}',
      'registries: {ghcr.io: {credentials: {helper: pass, tokenEnv: T}}}',
      'registries: {ghcr.io: {credentials: {tokenEnv: "ghp-secret"}}}',
      'registries: {ghcr.io: {credentials: {usernameEnv: U}}}',
      'registries: {ghcr.io: {mirrors: [{resolve: true}]}}',
      'registries: {ghcr.io: {mirrors: [{url: "https://u:p@mirror.example"}]}}',
      'registries: {ghcr.io: {realmHosts: ["https://a.example"]}}',
    ],
  );
});

const HEX = 'a'.repeat(64);
const resource = (kind: string) => (spec: string) =>
  `{apiVersion: pindrift.dev/v1alpha1, kind: ${kind}, metadata: {name: x}, spec: {${spec}}}`;
const lock = resource('ImageLock');
const pinImages = resource('PinImages');

describe('lock.schema.json', () => {
  judge(
    'lock',
    lockShape,
    [
      ...SHARED_GOOD.map(lock),
      lock(''),
      lock('images: []'),
      lock(`images: [{image: "docker.io/library/nginx:1.27", digest: "sha256:${HEX}"}]`),
      lock(`images: [{image: "[::1]:5000/a:b", digest: "sha512:${HEX}${HEX}"}]`),
      lock(`images: [{image: "a.b/c:1", digest: "sha256:${HEX}", mediaType: m, platforms: [l]}]`),
      `{apiVersion: pindrift.dev/v1alpha1, kind: ImageLock, spec: {}}`,
    ],
    [
      ...SHARED_BAD.map(lock),
      '{}',
      '{apiVersion: pindrift.dev/v1alpha1, kind: ImageLock}',
      pinImages(''),
      '{apiVersion: pindrift.dev/v1, kind: ImageLock, spec: {}}',
      lock('image: []'),
      lock(`images: [{image: nginx, digest: "sha256:${HEX}"}]`),
      lock(`images: [{image: "docker.io/library/nginx", digest: "sha256:${HEX}"}]`),
      lock(`images: [{image: "a.b/c:1", digest: "sha256:${HEX.slice(1)}"}]`),
      lock(`images: [{image: "a.b/c:1", digest: "md5:${HEX}"}]`),
      lock(`images: [{image: "a.b/c:1@sha256:${HEX}", digest: "sha256:${HEX}"}]`),
      lock(`images: [{image: "a.b/c:1"}]`),
      lock(`images: [{image: "a.b/c:1", digest: "sha256:${HEX}", platforms: linux}]`),
      lock(`images: [{image: "a.b/c:1", digest: "sha256:${HEX}", platform: [linux]}]`),
      '{apiVersion: pindrift.dev/v1alpha1, kind: ImageLock, metadata: {}, spec: {}}',
    ],
  );
});

describe('pin-images.schema.json', () => {
  judge(
    'pin-images',
    pinImagesShape,
    [...SHARED_GOOD.map(pinImages), pinImages('lock: images.lock.yaml')],
    [...SHARED_BAD.map(pinImages), pinImages('lock: ""'), pinImages('images: []'), lock('')],
  );
});
