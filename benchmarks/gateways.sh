#!/usr/bin/env bash
# gateways under load: processor time, throughput, latency, memory (also without a name; see --help)
set -euo pipefail
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
: "${JAVA_HOME:?call it as ./trivium bench gateways}"
source "$ROOT/benchmarks/lib/measure.sh"

options=()
record=""
for option in "$@"; do
  if [ "$option" = --record ]; then
    record="$ROOT/benchmarks/results/gateways-$(date +%F).md"
  else
    options+=("$option")
  fi
done

measure_gateways() {
  "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$ROOT/benchmarks/target/trivium-benchmarks.jar" \
    dev.trivium.benchmarks.gateways.BenchCommand --root "$ROOT" "${options[@]}"
}

if [ -z "$record" ]; then
  measure_gateways
else
  [ -f "$record" ] || printf '# Gateways under load, %s\n' "$(date '+%-d %B %Y')" >"$record"
  report="$(head_of_run ./trivium bench "$@" && measure_gateways)"
  echo "$report"
  printf '\n## %s\n\n```\n%s\n```\n' "$(date +%H:%M)" "$report" >>"$record"
  echo "recorded in ${record#"$ROOT"/}" >&2
fi
