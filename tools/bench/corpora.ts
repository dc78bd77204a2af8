/**
 * The texts that the benches run on, generated from a seed: the same bytes on every machine.
 * Shapes and sizes follow what real clusters render: a Helm stream of 20,000 documents (60 %
 * workloads, 20 % ConfigMaps, half of which embed manifests) and a ResourceList of 5,000 items.
 */
import { createHash } from 'node:crypto';

export interface Corpus {
  readonly text: string;
  /** Canonical `name:tag` to digest, for every image in the text. */
  readonly lock: ReadonlyMap<string, string>;
}

export const SEED = 20_260_801;

/** What `helm template` would hand to a post-renderer. */
export function helmStream(documents: number): Corpus {
  const random = generator(SEED);
  const lock = new Map<string, string>();
  const parts: string[] = [];
  for (let i = 0; i < documents; i++) {
    parts.push(`---\n# Source: fleet/charts/app-${i % 40}/templates/${i}.yaml\n`);
    parts.push(resource(i, random, lock, STREAM));
  }
  return { text: parts.join(''), lock };
}

/** What kustomize would hand to a function; the lock is its functionConfig. */
export function resourceList(items: number): Corpus {
  const random = generator(SEED + 1);
  const lock = new Map<string, string>();
  const parts = ['apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n'];
  for (let i = 0; i < items; i++) {
    parts.push(asItem(resource(i, random, lock, LIST)));
  }
  parts.push('functionConfig:\n', indent(functionConfig(lock), '  '));
  return { text: parts.join(''), lock };
}

/** One small, already pinned Deployment in a ResourceList: the no-op that start-up is timed on. */
export function noOp(): Corpus {
  const image = 'registry.example/team/app-1:1.0.0';
  const lock = new Map([[image, digestOf(image)]]);
  const item = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - image: ${image}@${digestOf(image)}
        name: app
`;
  const text = `apiVersion: config.kubernetes.io/v1
kind: ResourceList
items:
${asItem(item)}functionConfig:
${indent(functionConfig(lock), '  ')}`;
  return { text, lock };
}

/** The lock as a file, canonical form. */
export function lockText(lock: ReadonlyMap<string, string>): string {
  const entries = [...lock]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([image, digest]) => `  - image: ${image}
    digest: ${digest}
    mediaType: application/vnd.oci.image.index.v1+json
    platforms: [linux/amd64, linux/arm64]
`,
    );
  return `apiVersion: pindrift.dev/v1alpha1
kind: ImageLock
metadata:
  name: images
  annotations:
    config.kubernetes.io/local-config: "true"
spec:
  images:
${entries.join('')}`;
}

/** The lock as kustomize hands it on: comments gone, keys sorted, block style. */
function functionConfig(lock: ReadonlyMap<string, string>): string {
  const entries = [...lock].map(
    ([image, digest]) => `  - digest: ${digest}
    image: ${image}
    mediaType: application/vnd.oci.image.index.v1+json
    platforms:
    - linux/amd64
    - linux/arm64
`,
  );
  return `apiVersion: pindrift.dev/v1alpha1
kind: ImageLock
metadata:
  annotations:
    config.kubernetes.io/local-config: "true"
  name: images
spec:
  images:
${entries.join('')}`;
}

type Random = () => number;

/** What differs between the two corpora: annotations of the sender, and settings per container. */
interface Shape {
  readonly annotations: string;
  readonly settings: number;
}

const STREAM: Shape = { annotations: '', settings: 7 };

const LIST: Shape = {
  settings: 5,
  annotations: `  annotations:
    config.kubernetes.io/index: '0'
    internal.config.kubernetes.io/annotations-migration-resource-id: '0'
    internal.config.kubernetes.io/index: '0'
    kustomize.config.k8s.io/id: |
      kind: Deployment
      name: app
`,
};

function resource(i: number, random: Random, lock: Map<string, string>, shape: Shape): string {
  const share = i % 10;
  if (share < 6) {
    return workload(i, random, lock, shape);
  }
  if (share < 8) {
    return configMap(i, random, shape);
  }
  return share === 8 ? service(i, shape) : role(i, shape);
}

function workload(i: number, random: Random, lock: Map<string, string>, shape: Shape): string {
  const kind = ['Deployment', 'StatefulSet', 'DaemonSet'][i % 3] ?? 'Deployment';
  const containers = Array.from({ length: 1 + Math.floor(random() * 2) }, (_, n) =>
    container(n, random, lock, shape),
  );
  const init = random() < 0.3 ? `      initContainers:\n${container(9, random, lock, shape)}` : '';
  return `apiVersion: apps/v1
kind: ${kind}
metadata:
  name: app-${i}
  namespace: team-${i % 50}
  labels:
    app.kubernetes.io/name: app-${i}
    app.kubernetes.io/managed-by: "Helm"
${shape.annotations}spec:
  replicas: ${1 + (i % 5)}
  selector:
    matchLabels:
      app.kubernetes.io/name: app-${i}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: app-${i}
      annotations:
        checksum/config: ${digestOf(String(i)).slice(7)}
    spec:
      serviceAccountName: app-${i}
${init}      containers:
${containers.join('')}      volumes:
      - name: config
        configMap:
          name: app-${i}-config
`;
}

function container(n: number, random: Random, lock: Map<string, string>, shape: Shape): string {
  const quote = ['', '"', "'"][Math.floor(random() * 3)] ?? '';
  const environment = Array.from(
    { length: shape.settings },
    (_, k) => `        - name: SETTING_${k}
          value: "value of setting ${k} for this container, https://example.com/${k}"
`,
  );
  return `      - name: container-${n}
        image: ${quote}${image(random, lock)}${quote} # set by the release
        imagePullPolicy: IfNotPresent
        args: ["--port=8080", "--log-level=info"]
        env:
${environment.join('')}        ports:
        - containerPort: 8080
          protocol: TCP
        livenessProbe:
          httpGet:
            path: /healthz
            port: 8080
          initialDelaySeconds: 5
        resources:
          limits: {cpu: 500m, memory: 256Mi}
          requests:
            cpu: 100m
            memory: 128Mi
        volumeMounts:
        - name: config
          mountPath: /etc/app
`;
}

function image(random: Random, lock: Map<string, string>): string {
  const tag = `1.${Math.floor(random() * 6)}.${Math.floor(random() * 10)}`;
  const name = `registry.example/team/app-${Math.floor(random() * 50)}:${tag}`;
  lock.set(name, digestOf(name));
  return name;
}

function configMap(i: number, random: Random, shape: Shape): string {
  const embedded = random() < 0.5 ? '    image: registry.example/not/an-image:1.0.0\n' : '';
  const lines = Array.from(
    { length: 30 },
    (_, n) => `    setting.${n}=a value that is long enough to be like one of a real file, ${n}\n`,
  );
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: app-${i}-config
  namespace: team-${i % 50}
${shape.annotations}data:
  application.properties: |
${embedded}${lines.join('')}`;
}

function service(i: number, shape: Shape): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: app-${i}
  namespace: team-${i % 50}
${shape.annotations}spec:
  type: ClusterIP
  selector:
    app.kubernetes.io/name: app-${i}
  ports:
  - name: http
    port: 80
    targetPort: 8080
`;
}

function role(i: number, shape: Shape): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: app-${i}
  namespace: team-${i % 50}
${shape.annotations}rules:
- apiGroups: [""]
  resources: ["configmaps", "secrets"]
  verbs: ["get", "list", "watch"]
`;
}

function asItem(text: string): string {
  return `- ${indent(text, '  ').trimStart()}`;
}

function indent(text: string, by: string): string {
  return text.replaceAll(/^(?=.)/gm, by);
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Mulberry32: small, seeded, good enough to vary a corpus. */
function generator(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
