#!/usr/bin/env bash
# plans, warm: the operation of the gateway benchmarks, and 100 to 5,000 selections over 30 subgraphs; --record keeps the result
set -euo pipefail
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
: "${JAVA_HOME:?call it as ./trivium bench planning}"
source "$ROOT/benchmarks/lib/measure.sh"

JAR="$ROOT/benchmarks/target/trivium-benchmarks.jar"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

report() {
  head_of_run ./trivium bench planning
  printf '\nMilliseconds for one plan, normalization included\n\n'
  "$JAVA_HOME/bin/java" -jar "$JAR" "PlanningBenchmark" -rf text -rff "$work/jmh.txt" \
    >"$work/jmh.log" 2>&1 || { tail -n 40 "$work/jmh.log" >&2; exit 1; }
  sed 's/^PlanningBenchmark\.//' "$work/jmh.txt" |
    awk 'NR == 1 || $1 ~ /^(gateways|large)$/ || $1 ~ /p0\.(50|95)$/'
}

if [ "${1:-}" = --record ]; then
  record="$ROOT/benchmarks/results/planning-$(date +%F).md"
  [ -f "$record" ] || printf '# Planning, %s\n' "$(date '+%-d %B %Y')" >"$record"
  report | tee "$work/report"
  printf '\n## %s\n\n```\n%s\n```\n' "$(date +%H:%M)" "$(cat "$work/report")" >>"$record"
  echo "recorded in ${record#"$ROOT"/}"
else
  report
fi
