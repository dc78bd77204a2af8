export { client } from './programs/client.ts';
export {
  type Distribution,
  type DistributionAuth,
  type DistributionOptions,
  startDistribution,
} from './programs/distribution.ts';
export { runExample } from './programs/example.ts';
export { pushTo } from './programs/push.ts';
export { type Outcome, type RunOptions, run } from './programs/run.ts';
export { playSessions } from './programs/session.ts';
export { workFolder } from './programs/work-folder.ts';
