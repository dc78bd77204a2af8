export const HELP = `pindrift-krm: pins the images in what kustomize and kpt render, from the lock

  In kustomization.yaml            transformers: [images.lock.yaml]
                                   kustomize build --enable-alpha-plugins --enable-exec DIR
  With kpt                         kpt fn eval DIR --exec pindrift-krm --fn-config images.lock.yaml
  By hand                          pindrift-krm CONFIG INPUT… | pindrift-krm CONFIG - < INPUT

Without arguments it reads a ResourceList on stdin and writes it to stdout with digests inserted;
every other byte stays as it is. The functionConfig is an ImageLock, a PinImages that names one
(spec.lock, relative to the working directory), or a ConfigMap with the key lock in its data.

  --config FILE   a pindrift.yaml: ignores, fields, registries    (PINDRIFT_CONFIG)
  --report FILE   write what was found as JSON, also on failure   (PINDRIFT_REPORT)
  --version
  --help

Exit code: 0 all pinned; 1 something is not; 2 could not finish. On failure stdout stays empty.
`;
