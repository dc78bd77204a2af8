import type { Content } from '../content/content.ts';

/**
 * Pushes content with all that belongs to it to any registry that lets everybody do so over http,
 * byte for byte as it is, and under a tag if one is given. Throws what the registry said.
 */
export async function pushTo(
  url: string,
  name: string,
  tag: string | undefined,
  content: Content,
): Promise<void> {
  for (const child of content.children) {
    await pushTo(url, name, undefined, child);
  }
  await Promise.all([...content.blobs].map((blob) => pushBlob(`${url}/v2/${name}`, blob)));
  await put(`${url}/v2/${name}/manifests/${tag ?? content.digest}`, {
    body: content.bytes,
    headers: { 'content-type': content.mediaType },
  });
}

async function pushBlob(repository: string, [digest, body]: [string, Buffer]): Promise<void> {
  const session = await fetch(`${repository}/blobs/uploads/`, { method: 'POST' });
  await session.arrayBuffer();
  const upload = new URL(session.headers.get('location') ?? '', session.url);
  upload.searchParams.set('digest', digest);
  await put(upload.href, { body, headers: { 'content-type': 'application/octet-stream' } });
}

async function put(
  url: string,
  { body, headers }: { readonly body: Buffer; readonly headers: Record<string, string> },
): Promise<void> {
  const response = await fetch(url, { method: 'PUT', body: new Uint8Array(body), headers });
  const text = await response.text();
  if (!response.ok) throw new Error(`PUT ${url}: ${response.status} ${text.slice(0, 500)}`);
}
