#!/usr/bin/env bash
# execution without sockets: the deep operation and its steps, time and allocation; readers of JSON; --record keeps the result
set -euo pipefail
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
: "${JAVA_HOME:?call it as ./trivium bench execution}"
source "$ROOT/benchmarks/lib/measure.sh"

JAR="$ROOT/benchmarks/target/trivium-benchmarks.jar"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

report() {
  head_of_run ./trivium bench execution
  printf '\nOne request of the deep operation: microseconds, and bytes allocated\n\n'
  "$JAVA_HOME/bin/java" -jar "$JAR" "ExecutionBenchmark" -prof gc -rf text -rff "$work/jmh.txt" \
    >"$work/jmh.log" 2>&1 || { tail -n 40 "$work/jmh.log" >&2; exit 1; }
  sed 's/^ExecutionBenchmark\.//' "$work/jmh.txt" |
    awk 'NR == 1 || $1 !~ /:/ || $1 ~ /gc.alloc.rate.norm$/'
}

if [ "${1:-}" = --record ]; then
  record="$ROOT/benchmarks/results/execution-$(date +%F).md"
  [ -f "$record" ] || printf '# Execution, %s\n' "$(date '+%-d %B %Y')" >"$record"
  report | tee "$work/report"
  printf '\n## %s\n\n```\n%s\n```\n' "$(date +%H:%M)" "$(cat "$work/report")" >>"$record"
  echo "recorded in ${record#"$ROOT"/}"
else
  report
fi
