import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextPage } from './link.ts';

const page = new URL('https://registry.example/v2/team/app/tags/list?n=100');
const context = { repository: 'team/app', path: 'tags/list' };

function next(...links: string[]): string | undefined {
  return nextPage(links, page, context);
}

describe('the next page', () => {
  test.each([
    ['</v2/team/app/tags/list?n=100&last=v9>; rel="next"', 'tags/list?n=100&last=v9'],
    [
      '<https://registry.example/v2/team/app/tags/list?next_page=gAAAA%3D%3D>; rel=next',
      'tags/list?next_page=gAAAA%3D%3D',
    ],
    ['<list?last=v9>; title="x"; REL="prev next"', 'tags/list?last=v9'],
    ['</other>; rel="prev", </v2/team/app/tags/list?last=b>; rel="next"', 'tags/list?last=b'],
  ])('%s', (link, path) => {
    expect(next(link)).toBe(path);
  });

  test('of several headers the one that says next counts', () => {
    expect(next('</v2/x>; rel="first"', '</v2/team/app/tags/list?last=z>; rel="next"')).toBe(
      'tags/list?last=z',
    );
  });

  test('a link that leaves out a part of the path gives its last tag and nothing else', () => {
    expect(next('</v2/app/tags/list?last=v9&n=50>; rel="next"')).toBe('tags/list?n=50&last=v9');
  });

  test.each([
    '<http://169.254.169.254/latest/meta-data/iam?x=1>; rel="next"',
    '<https://evil.example/v2/team/app/tags/list>; rel="next"',
    '<http://registry.example/v2/team/app/tags/list>; rel="next"',
    '<https://registry.example:8443/v2/team/app/tags/list>; rel="next"',
    '</v2/other/secret/tags/list>; rel="next"',
    '</v2/team/app/../../other/tags/list>; rel="next"',
    '<file:///etc/passwd>; rel="next"',
    '</v2/team/app/tags/list?last=b>; rel="prev"',
    '</v2/team/app/tags/list?last=b>',
    'nonsense',
    '<>',
  ])('%s is not followed', (link) => {
    expect(next(link)).toBeUndefined();
  });

  test('whatever the header, the page lies under the same list', () => {
    const part = fc.constantFrom(
      '<',
      '>',
      ';',
      ' rel=',
      '"',
      'next',
      ',',
      '/v2/',
      '..',
      '?last=',
      'x',
      '%2e',
      '//evil.example/',
      'https:',
      '\\',
      '#',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const path = next(parts.join(''), `<${parts.join('')}>; rel="next"`);
        if (path === undefined) return;
        const url = new URL(`/v2/team/app/${path}`, page);
        expect(url.origin).toBe(page.origin);
        expect(url.pathname).toBe('/v2/team/app/tags/list');
      }),
    );
    expect(next('<'.repeat(60_000), '<a'.repeat(30_000), '<a>;'.repeat(20_000))).toBeUndefined();
  });
});
