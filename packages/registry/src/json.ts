export type JsonObject = Readonly<Record<string, unknown>>;

/** The object in a JSON text, undefined when it is anything else. */
export function parseJsonObject(bytes: Uint8Array | string): JsonObject | undefined {
  try {
    return asObject(JSON.parse(typeof bytes === 'string' ? bytes : decoder.decode(bytes)));
  } catch {
    return undefined;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The value when it is an object that is no array. */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

/** The objects in a value that should be an array of them; empty when it is no array. */
export function objectsIn(value: unknown): readonly JsonObject[] {
  if (!Array.isArray(value)) return [];
  return value.map(asObject).filter((item) => item !== undefined);
}

/** The value when it is text that is not empty. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
