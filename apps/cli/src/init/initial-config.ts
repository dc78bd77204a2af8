/** What `pindrift init` writes: nothing but comments, so that every default holds. */
export const INITIAL_CONFIG = `# yaml-language-server: $schema=https://pindrift.dev/schemas/config.v1.json
# How Pindrift treats this repository. Everything here may be left out.

# Images that stay as they are:
# ignore:
# - pattern: ghcr.io/acme/**
#   reason: pinned by the deployment pipeline
#   expires: "2027-06-30"

# Image fields of your own custom resources; popular ones are known:
# fields:
# - group: example.com
#   kind: Worker
#   path: spec.image

# Registries that need more than 'docker login':
# registries:
#   registry.internal:5000:
#     ca: ca.pem
`;
