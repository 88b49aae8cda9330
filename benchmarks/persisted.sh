#!/usr/bin/env bash
# one operation by POST, by GET of its id and by REST: processor time of each over that of POST (--record)
set -euo pipefail
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
: "${JAVA_HOME:?call it as ./trivium bench persisted}"
source "$ROOT/benchmarks/lib/measure.sh"

record=""
for option in "$@"; do
  if [ "$option" = --record ]; then
    record="$ROOT/benchmarks/results/persisted-$(date +%F).md"
  else
    echo "unknown option: $option" >&2
    exit 2
  fi
done

measure_persisted() {
  "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx1g -Dstdout.encoding=UTF-8 \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$ROOT/benchmarks/target/trivium-benchmarks.jar" \
    dev.trivium.benchmarks.gateways.PersistedBenchmark "$ROOT"
}

if [ -z "$record" ]; then
  measure_persisted
else
  [ -f "$record" ] || printf '# Persisted operations, %s\n' "$(date '+%-d %B %Y')" >"$record"
  report="$(head_of_run ./trivium bench persisted "$@" && measure_persisted)"
  echo "$report"
  printf '\n```\n%s\n```\n' "$report" >>"$record"
fi
