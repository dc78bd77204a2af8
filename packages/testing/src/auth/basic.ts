export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Reads an `Authorization: Basic` value (RFC 7617); undefined when it is none. */
export function parseBasic(header: string | undefined): Credentials | undefined {
  const encoded = /^basic ([\w+/=-]+)$/i.exec(header ?? '')?.[1];
  const [, username, password] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8')) ?? [];
  return username === undefined || password === undefined ? undefined : { username, password };
}

/** Whether these users include one with this name and password. */
export function isKnown(
  users: Readonly<Record<string, string>>,
  credentials: Credentials | undefined,
): credentials is Credentials {
  return credentials !== undefined && users[credentials.username] === credentials.password;
}
