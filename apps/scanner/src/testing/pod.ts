/** A Pod whose containers run these images, one line each from line 7 on. */
export function pod(...images: readonly string[]): string {
  const containers = images.map((image, at) => `  - image: ${image}\n    name: c${at}\n`);
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n${containers.join('')}`;
}
