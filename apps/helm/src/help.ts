export const HELP = `pindrift-helm: pins the images in what Helm renders, from the lock

  Helm 3   helm template web ./chart --post-renderer pindrift-helm \\
             --post-renderer-args=--lock --post-renderer-args=images.lock.yaml
  Helm 4   helm plugin install --verify=false pindrift-helm-plugin-VERSION.tgz   (it takes no paths)
           PINDRIFT_LOCK=images.lock.yaml helm template web ./chart --post-renderer pindrift-helm

Reads manifests on stdin and writes them to stdout with digests inserted; every other byte stays as
it is. Pass the flag to every install, upgrade, template and diff: Helm does not remember it.

  --lock FILE          the lock; relative to the working directory        (PINDRIFT_LOCK)
  --mode MODE          locked (default) asks no registry; resolve asks for what the lock lacks
  --on-missing WHAT    fail (default), or keep an image that has no entry as it is, with a warning
  --config FILE        a pindrift.yaml: ignores, fields, registries        (PINDRIFT_CONFIG)
  --report FILE        write what was found as JSON, also on failure      (PINDRIFT_REPORT)
  --version
  --help

Exit code: 0 all pinned; 1 something is not; 2 could not finish. On failure stdout stays empty.
`;
