import { PinError, type PinErrorCode } from '../pin-error.ts';
import { formatPosition, pointAt } from './position.ts';
import { formatPath, type ShapeProblem } from './shape.ts';

/** A text and what is known about it, for the messages about its problems. */
export interface ProblemText {
  readonly file: string;
  readonly text: string;
  readonly code: PinErrorCode;
}

/** More would drown the first; it is the first that is mended first. */
const SHOWN_PROBLEMS = 5;

/** Keys whose values may hold a password or a token, so that their source line is cut. */
const SECRET_KEYS = ['registries', 'credentials', 'pullSecrets', 'clusterPullSecrets', 'data'];

/**
 * Throws a `PinError` that lists the problems with file, line, column, the source line and, for an
 * unknown key, the nearest known one. Loads what that needs only now: problems are rare.
 */
export async function refuse(
  source: ProblemText,
  problems: readonly ShapeProblem[],
): Promise<never> {
  const { readYaml } = await import('./yaml-source.ts');
  const { file, text, code } = source;
  const yaml = readYaml(text, file, code);
  const lines: string[] = [];
  for (const problem of problems.slice(0, SHOWN_PROBLEMS)) {
    const position = yaml.at(problem.path, problem.at);
    const name = formatPath(problem.path);
    const said = await sentence(problem);
    lines.push(`${formatPosition(file, position)}: ${name === '' ? said : `${name}: ${said}`}`);
    lines.push(pointAt(text, position, shownOf(problem)));
  }
  const more = problems.length - SHOWN_PROBLEMS;
  if (more > 0) lines.push(`and ${more} more`);
  throw new PinError(code, lines.join('\n'));
}

/** The same for a value whose text is not at hand: the path says where. */
export async function refuseValue(
  name: string,
  code: PinErrorCode,
  problems: readonly ShapeProblem[],
): Promise<never> {
  const lines: string[] = [];
  for (const problem of problems.slice(0, SHOWN_PROBLEMS)) {
    const path = formatPath(problem.path);
    const said = await sentence(problem);
    lines.push(path === '' ? `${name}: ${said}` : `${name}: ${path}: ${said}`);
  }
  const more = problems.length - SHOWN_PROBLEMS;
  if (more > 0) lines.push(`and ${more} more`);
  throw new PinError(code, lines.join('\n'));
}

/** An unknown key is shown without its value; nobody knows what it holds. */
function shownOf({ at, path }: ShapeProblem): number | undefined {
  if (at === 'key') return String(path.at(-1)).length;
  return path.some((part) => SECRET_KEYS.includes(String(part))) ? 0 : undefined;
}

/** The problem as a sentence, with the nearest known key for an unknown one. */
async function sentence(problem: ShapeProblem): Promise<string> {
  const { known = [], message } = problem;
  if (known.length === 0) return message;
  const near = await nearest(String(problem.path.at(-1)), known);
  return near === undefined
    ? `${message}; known are ${known.join(', ')}`
    : `${message}; did you mean ${near}?`;
}

async function nearest(word: string, known: readonly string[]): Promise<string | undefined> {
  const { closest, distance } = await import('fastest-levenshtein');
  const best = closest(
    word.toLowerCase(),
    known.map((one) => one.toLowerCase()),
  );
  const name = known.find((one) => one.toLowerCase() === best);
  const far = Math.max(2, Math.floor(word.length / 3));
  return distance(word.toLowerCase(), best) <= far ? name : undefined;
}
