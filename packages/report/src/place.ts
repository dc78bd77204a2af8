interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface Resource {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** `k8s/web.yaml:12:16` */
export function formatPlace({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

/** `Deployment shop/web`; what is empty is left out. */
export function formatResource({ kind, namespace, name }: Resource): string {
  const full = namespace === '' ? name : `${namespace}/${name}`;
  return [kind, full].filter((part) => part !== '').join(' ');
}

/** A digest as people compare it: its first twelve hex characters, as Docker shows them. */
export function shortDigest(text: string): string {
  return text.replace(/(sha(?:256|384|512):[0-9a-f]{12})[0-9a-f]{20,}/g, '$1…');
}
