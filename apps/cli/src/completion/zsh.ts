import type { Candidates, CompletedOption, CompletionModel } from './model.ts';

/** The completion script for zsh: sourced, or saved as `_pindrift` in a folder of `$fpath`. */
export function zshCompletion({ program, options, verbs }: CompletionModel): string {
  const described = verbs.flatMap(({ name, aliases, description }) =>
    [name, ...aliases].map(
      (word) => `    ${quoted(`${word}:${description.replaceAll(':', '\\:')}`)}`,
    ),
  );
  const cases = verbs.map(
    ({ name, aliases, options: own, candidates }) => `        ${[name, ...aliases].join('|')})
          _arguments -s \\
${specs(own, '            ')}
            ${quoted(`*:argument:${action(candidates)}`)}
          ;;`,
  );
  return `#compdef ${program}
# zsh completion for ${program}; load it with: source <(${program} completion zsh)
_${program}() {
  local curcontext=$curcontext state line
  local -a verbs
  verbs=(
${described.join('\n')}
  )
  _arguments -C -s \\
${specs(options, '    ')}
    '1:verb:->verb' \\
    '*::argument:->argument'
  case $state in
    verb) _describe verb verbs ;;
    argument)
      case $line[1] in
${cases.join('\n')}
      esac
      ;;
  esac
}
if [ "$funcstack[1]" = "_${program}" ]; then
  _${program} "$@"
else
  compdef _${program} ${program}
fi
`;
}

function specs(options: readonly CompletedOption[], indent: string): string {
  const lines = options.flatMap(({ long, short, description, value, repeats }) => {
    const text = `[${description.replaceAll(/[[\]\\]/g, '\\$&')}]`;
    const behind = value === undefined ? text : `${text}:value:${action(value)}`;
    const each = [long, ...(short === undefined ? [] : [short])];
    return each.map((flag) => `${indent}${quoted(`${repeats ? '*' : ''}${flag}${behind}`)} \\`);
  });
  return lines.join('\n');
}

function action(candidates: Candidates): string {
  if (candidates === 'files') return '_files';
  return candidates === 'none' ? ' ' : `(${candidates.join(' ')})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
