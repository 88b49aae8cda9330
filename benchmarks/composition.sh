#!/usr/bin/env bash
# the platform's schemas warm, and 100 subgraphs cold beside the npm package; --record keeps the result
set -euo pipefail
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
: "${JAVA_HOME:?call it as ./trivium bench composition}"
source "$ROOT/benchmarks/lib/measure.sh"

RUNS=3
JAR="$ROOT/benchmarks/target/trivium-benchmarks.jar"
ORACLE="$ROOT/router/composition/target/oracle"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# What runs once, in one process; the numbers are milliseconds.
warm() {
  "$JAVA_HOME/bin/java" -jar "$JAR" "CompositionBenchmark" -rf text -rff "$work/jmh.txt" \
    >"$work/jmh.log" 2>&1 || { tail -n 40 "$work/jmh.log" >&2; exit 1; }
  sed 's/^CompositionBenchmark\.//' "$work/jmh.txt" |
    awk 'NR == 1 || $1 ~ /^(platform|large)$/ || $1 ~ /p0\.(50|95)$/'
}

row() { printf '%-34s %8s %8s %9s\n' "$@"; }

cold() {
  local run
  for ((run = 1; run <= RUNS; run++)); do
    measure "$work" "$ROOT/trivium" compose --config "$work/large/config.yaml" \
      --output "$work/supergraph.graphql"
    row "./trivium compose, run $run" "$wall" "$cpu" "$peak"
    echo "$wall $cpu" >>"$work/ours"
  done
}

install_npm_package() {
  mkdir -p "$ORACLE"
  cp "$ROOT"/router/composition/src/test/oracle/* "$ORACLE"
  command -v npm >/dev/null && command -v node >/dev/null &&
    (cd "$ORACLE" && npm ci --ignore-scripts --no-audit --no-fund >"$work/npm.log" 2>&1)
}

npm_package() {
  if ! install_npm_package; then
    echo "the npm package cannot be installed here: no comparison"
    return
  fi
  # A shell of its own, because the package reads standard input.
  measure "$work" bash -c 'cd "$1" && exec node compose.mjs <"$2"' - "$ORACLE" \
    "$work/large/task.jsonl"
  grep -q '"errors":\[\]' "$work/output" || { head -c 1000 "$work/output" >&2; exit 1; }
  row "npm @apollo/composition $(npm_version), node $(node --version)" "$wall" "$cpu" "$peak"
  sort -n "$work/ours" | awk -v wall="$wall" -v cpu="$cpu" -v middle=$(((RUNS + 1) / 2)) '
    NR == middle {printf "\n%.1f times faster by wall clock", wall / $1}
    {total += $2}
    END {printf ", %.1f times by processor time\n", cpu / (total / NR)}'
}

npm_version() {
  sed -n 's|.*"@apollo/composition": "\(.*\)".*|\1|p' "$ORACLE/package.json"
}

report() {
  head_of_run ./trivium bench composition
  printf '\nWarm, milliseconds: the platform, and 100 subgraphs with 50 types each\n\n'
  warm
  printf '\nCold, the 100 subgraphs with the whole command: seconds, seconds of processor, MB\n\n'
  row "" wall cpu peak
  cold
  npm_package
}

"$JAVA_HOME/bin/java" -cp "$JAR" dev.trivium.benchmarks.WriteLargeSubgraphs "$work/large"
if [ "${1:-}" = --record ]; then
  record="$ROOT/benchmarks/results/composition-$(date +%F).md"
  [ -f "$record" ] || printf '# Composition, %s\n' "$(date '+%-d %B %Y')" >"$record"
  report | tee "$work/report"
  printf '\n## %s\n\n```\n%s\n```\n' "$(date +%H:%M)" "$(cat "$work/report")" >>"$record"
  echo "recorded in ${record#"$ROOT"/}"
else
  report
fi
