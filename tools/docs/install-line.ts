import { readPage } from './pages.ts';

/** The command of README.md that installs what `npm run pack` leaves, as it stands there. */
export function installLine(): string {
  const [line] = /npm install -g [^\s`]+/.exec(readPage('README.md')) ?? [];
  if (line === undefined) throw new Error('README.md does not say how to install what is packed');
  return line;
}
