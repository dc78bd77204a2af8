import { readFile } from 'node:fs/promises';
import { asObject, asText, type JsonObject, parseJsonObject } from '../../json.ts';
import type { Cloud } from './cloud.ts';

/**
 * The token that workload identity federation exchanges, from the file or URL that the
 * configuration names, as text or as a field of a JSON object. Programs are not run.
 */
export async function subjectToken(
  source: JsonObject | undefined,
  cloud: Cloud,
  file: string,
): Promise<string> {
  const text = await read(source, cloud, file);
  const format = asObject(source?.format);
  if (format?.type !== 'json') return text.trim();
  const field = asText(format.subject_token_field_name) ?? 'access_token';
  const token = asText(parseJsonObject(text)?.[field]);
  if (token !== undefined) return token;
  throw new Error(`the token that ${file} points to has no field ${field}`);
}

async function read(source: JsonObject | undefined, cloud: Cloud, file: string): Promise<string> {
  const path = asText(source?.file);
  if (path !== undefined) return readFile(path, 'utf8');
  const url = asText(source?.url);
  if (url === undefined) {
    throw new Error(`${file} names neither a file nor a URL as the source of its token`);
  }
  const headers = Object.fromEntries(
    Object.entries(asObject(source?.headers) ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
  const answer = await cloud.ask({ method: 'GET', url, headers });
  if (answer?.status === 200) return answer.text;
  throw new Error(`the token that ${file} points to could not be read`);
}
