/** Blocks this thread for a moment: a descriptor that does not block has nothing to give or take yet. */
export function wait(attempt: number): void {
  const milliseconds = Math.min(2 ** attempt, 32);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
