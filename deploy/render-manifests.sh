#!/usr/bin/env bash
# Writes what the chart gives by default to deploy/manifests, for those without Helm. `--check` only tells whether what is
# there is up to date.
set -euo pipefail
cd "$(dirname "$0")"

rendered=$(mktemp)
trap 'rm -f "$rendered"' EXIT
{
  echo '# Rendered from deploy/helm/ml-service by deploy/render-manifests.sh. Settings with secrets come from a Secret named'
  echo '# ml-service; see docs/deployment.md.'
  helm template ml-service helm/ml-service --namespace default --kube-version 1.31.0 --set existingSecret=ml-service |
    sed 's/app.kubernetes.io\/managed-by: Helm/app.kubernetes.io\/managed-by: manifests/; /helm.sh\/chart:/d; s/[ \t]*$//'
} >"$rendered"

if [ "${1:-}" = --check ]; then
  diff -u manifests/ml-service.yaml "$rendered" ||
    { echo 'Run deploy/render-manifests.sh and commit what it writes.'; exit 1; }
else
  mkdir -p manifests
  cp "$rendered" manifests/ml-service.yaml
  chmod 644 manifests/ml-service.yaml
fi
