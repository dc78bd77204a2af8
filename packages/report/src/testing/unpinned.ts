import type { Finding } from '@pindrift/pin';

/** The finding that the README shows. */
export const UNPINNED: Finding = {
  code: 'unpinned',
  severity: 'error',
  message: 'web.yaml:3:12: Deployment shop/web, spec.image: nginx:1.27 has no digest',
  help: 'pindrift pin --write web.yaml',
  file: 'web.yaml',
  line: 3,
  column: 12,
  document: 0,
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'web',
  path: 'spec.image',
  text: 'nginx:1.27',
  reference: 'docker.io/library/nginx:1.27',
};
