// The floor of the render benches: all of stdin, then all of stdout, nothing in between.
const { readFileSync, writeSync } = require('node:fs');

const bytes = readFileSync(0);
for (let at = 0; at < bytes.length; ) {
  at += writeSync(1, bytes, at);
}
