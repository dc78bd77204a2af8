/** The single resources of the bench's corpora: workloads, ConfigMaps, Services and Roles. */
import { createHash } from 'node:crypto';

/** Numbers from 0 up to 1. */
export type Random = () => number;

/** What differs between the two corpora: annotations of the sender, and settings per container. */
export interface Shape {
  readonly annotations: string;
  readonly settings: number;
}

export const STREAM: Shape = { annotations: '', settings: 7 };

export const LIST: Shape = {
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

/** The resource with this number; its images are added to the lock. */
export function resource(
  i: number,
  random: Random,
  lock: Map<string, string>,
  shape: Shape,
): string {
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

/** A digest that depends on the text alone. */
export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
