import type { Candidates, CompletedOption, CompletionModel } from './model.ts';

/** The completion script for fish 3 and newer. */
export function fishCompletion({ program, options, verbs }: CompletionModel): string {
  const verbNames = verbs.flatMap(({ name, aliases }) => [name, ...aliases]);
  const noVerb = `not __fish_seen_subcommand_from ${verbNames.join(' ')}`;
  const lines = [
    `# fish completion for ${program}; load it with: ${program} completion fish | source`,
    `complete -c ${program} -f`,
    ...options.map((option) => optionLine(program, noVerb, option)),
  ];
  for (const { name, aliases, description, options: own, candidates } of verbs) {
    for (const word of [name, ...aliases]) {
      lines.push(
        `complete -c ${program} -n ${quoted(noVerb)} -a ${word} -d ${quoted(description)}`,
      );
    }
    const seen = `__fish_seen_subcommand_from ${[name, ...aliases].join(' ')}`;
    if (candidates !== 'none') {
      lines.push(`complete -c ${program} -n ${quoted(seen)} ${words(candidates)}`);
    }
    lines.push(...own.map((option) => optionLine(program, seen, option)));
  }
  return `${lines.join('\n')}\n`;
}

function optionLine(program: string, when: string, option: CompletedOption): string {
  const { long, short, description, value } = option;
  const parts = [`complete -c ${program} -n ${quoted(when)} -l ${long.slice(2)}`];
  if (short !== undefined) parts.push(`-s ${short.slice(1)}`);
  if (value !== undefined) parts.push('-r', value === 'none' ? '-f' : words(value));
  parts.push(`-d ${quoted(description)}`);
  return parts.join(' ');
}

function words(candidates: Candidates): string {
  if (candidates === 'files') return '-F';
  return candidates === 'none' ? '-f' : `-f -a ${quoted(candidates.join(' '))}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
