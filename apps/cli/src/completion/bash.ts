import type { Candidates, CompletedOption, CompletionModel } from './model.ts';

/** The completion script for bash 3.2 and newer, which macOS still has. */
export function bashCompletion({ program, options, verbs }: CompletionModel): string {
  const cases = verbs.map(
    ({ name, aliases, options: own, candidates }) => `    ${[name, ...aliases].join('|')})
      words='${names(own).join(' ')}'
      case $prev in
${values(own, '        ')}
      esac
      ${positional(candidates)}
      ;;`,
  );
  const verbNames = verbs.flatMap(({ name, aliases }) => [name, ...aliases]).join(' ');
  return `# bash completion for ${program}; load it with: source <(${program} completion bash)
_${program}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} verb='' words='' more='' at
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    case \${COMP_WORDS[at]} in
      -*) ;;
      *) case ' ${verbNames} ' in *" \${COMP_WORDS[at]} "*) verb=\${COMP_WORDS[at]}; break ;; esac ;;
    esac
  done
  case $verb in
${cases.join('\n')}
    *)
      words='${names(options).join(' ')}'
      case $prev in
${values(options, '        ')}
      esac
      more='${verbNames}'
      ;;
  esac
  case $cur in
    -*) COMPREPLY=($(compgen -W "$words" -- "$cur")) ;;
    *) [ -n "$more" ] && COMPREPLY=($(compgen -W "$more" -- "$cur")) ;;
  esac
}
complete -o bashdefault -o default -F _${program} ${program}
`;
}

function names(options: readonly CompletedOption[]): string[] {
  return options.map(({ long }) => long);
}

/** What follows an option that takes a value; an empty answer leaves the file names to bash. */
function values(options: readonly CompletedOption[], indent: string): string {
  const lines = options.flatMap(({ long, short, value }) => {
    if (value === undefined) return [];
    const pattern = short === undefined ? long : `${short}|${long}`;
    const words = typeof value === 'string' ? '' : value.join(' ');
    return [`${indent}${pattern}) COMPREPLY=($(compgen -W '${words}' -- "$cur")); return ;;`];
  });
  return lines.join('\n');
}

function positional(candidates: Candidates): string {
  return typeof candidates === 'string' ? ':' : `more='${candidates.join(' ')}'`;
}
