/** What a token allows, or is asked to allow: `repository:team/app:pull,push`. */
export interface Scope {
  readonly type: string;
  readonly name: string;
  readonly actions: readonly string[];
}

/** Reads `scope` parameters, each of which may hold several scopes with spaces between. */
export function parseScopes(parameters: readonly string[]): Scope[] {
  return parameters
    .flatMap((parameter) => parameter.split(' '))
    .filter((text) => text !== '')
    .map((text) => {
      const [type = '', ...rest] = text.split(':');
      const actions = rest.length > 1 ? (rest.pop() ?? '') : '';
      return { type, name: rest.join(':'), actions: actions.split(',').filter(Boolean) };
    });
}

export function formatScope({ type, name, actions }: Scope): string {
  return `${type}:${name}:${actions.join(',')}`;
}

/** Whether the granted scopes hold every action of the wanted one. */
export function covers(granted: readonly Scope[], wanted: Scope): boolean {
  return wanted.actions.every((action) =>
    granted.some(
      (scope) =>
        scope.type === wanted.type && scope.name === wanted.name && scope.actions.includes(action),
    ),
  );
}
