/** One thing that a page of documentation does to the folder in which it is played. */
export type Step =
  | { readonly kind: 'file'; readonly path: string; readonly content: string }
  | { readonly kind: 'enter'; readonly example: string }
  | { readonly kind: 'move'; readonly name: string }
  | { readonly kind: 'run'; readonly command: string }
  | { readonly kind: 'session'; readonly helm: 'helm3' | 'helm4'; readonly commands: string[] };

/** A step and where it stands; of a session, the part between its fences. */
export interface PlacedStep {
  readonly step: Step;
  readonly start: number;
  readonly end: number;
}

/**
 * What can be played in a page, in order:
 *
 *     <!-- needs: kustomize, helm4 -->     real programs; such a page is played by test:clients
 *     <!-- enter: examples/kustomize -->   a copy of that example is the working directory
 *     <!-- move: shop/web:1.4.2 -->        somebody pushes that tag again
 *     <!-- run: COMMAND -->                what a reader has done before, and what is not shown
 *     ```yaml k8s/web.yaml                 a file is written
 *     ```console                           commands behind `$ ` (continued behind `> `), and what
 *     ```console helm3                     they print; a Helm 3 is on PATH instead of a Helm 4
 */
export function readSteps(page: string): PlacedStep[] {
  return [...page.matchAll(STEP)].map(({ 0: whole, index, indices, groups = {} }) => {
    const { file, content = '', example, name, command, helm, session = '' } = groups;
    const place = { start: index, end: index + whole.length };
    if (file !== undefined) return { step: { kind: 'file', path: file, content }, ...place };
    if (example !== undefined) return { step: { kind: 'enter', example }, ...place };
    if (name !== undefined) return { step: { kind: 'move', name }, ...place };
    if (command !== undefined) return { step: { kind: 'run', command }, ...place };
    const [start = 0, end = 0] = indices?.groups?.session ?? [];
    const commands = readCommands(session);
    return {
      step: { kind: 'session', helm: helm === 'helm3' ? 'helm3' : 'helm4', commands },
      start,
      end,
    };
  });
}

/** The real programs that a page needs. */
export function needsOf(page: string): string[] {
  const [, list = ''] = /<!-- needs: (.*?) -->/.exec(page) ?? [];
  return list.split(', ').filter(Boolean);
}

/** Info strings of all fenced blocks: every block is of a kind that is known, and so looked at. */
export function fencesOf(page: string): string[] {
  const fences = [...page.matchAll(/^```(.*)$/gm)].map(([, info = '']) => info);
  return fences.filter((_, at) => at % 2 === 0);
}

const STEP =
  /^```yaml (?<file>\S+)\n(?<content>[\s\S]*?)^```$|^<!-- enter: examples\/(?<example>\S+) -->$|^<!-- move: (?<name>\S+) -->$|^<!-- run: (?<command>.+) -->$|^```console(?: (?<helm>helm3|helm4))?\n(?<session>[\s\S]*?)^```$/dgm;

function readCommands(session: string): string[] {
  const commands: string[] = [];
  for (const line of session.split('\n')) {
    if (line.startsWith('$ ')) commands.push(line.slice(2));
    else if (line.startsWith('> ') && commands.length > 0)
      commands.push(`${commands.pop()}\n${line.slice(2)}`);
  }
  return commands;
}
