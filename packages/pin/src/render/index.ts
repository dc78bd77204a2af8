export { readFile, readLockText } from './read-file.ts';
export { readStdin } from './read-stdin.ts';
export { type RenderInput, type RenderOptions, type RenderSettings, render } from './render.ts';
export { runProgram, say } from './run-program.ts';
