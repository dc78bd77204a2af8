/** A Deployment whose containers run these images, one line each from line 10 on. */
export function deployment(name: string, ...images: readonly string[]): string {
  const containers = images.map((image, at) => `      - name: c${at}\n        image: ${image}\n`);
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  template:
    spec:
      containers:
${containers.join('')}`;
}
