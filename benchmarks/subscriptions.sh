#!/usr/bin/env bash
# idle subscriptions: memory of each, and the time of an event to all of them (N clients, 10,000 by default; --record)
set -euo pipefail
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
: "${JAVA_HOME:?call it as ./trivium bench subscriptions}"
source "$ROOT/benchmarks/lib/measure.sh"

clients=10000
record=""
for option in "$@"; do
  if [ "$option" = --record ]; then
    record="$ROOT/benchmarks/results/subscriptions-$(date +%F).md"
  else
    clients="$option"
  fi
done

# Each client is a connection at both ends.
ulimit -n "$(ulimit -Hn)"

measure_subscriptions() {
  "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx1g -Dstdout.encoding=UTF-8 \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$ROOT/benchmarks/target/trivium-benchmarks.jar" \
    dev.trivium.benchmarks.gateways.SubscriptionsBenchmark "$ROOT" "$clients"
}

if [ -z "$record" ]; then
  measure_subscriptions
else
  [ -f "$record" ] || printf '# Idle subscriptions, %s\n' "$(date '+%-d %B %Y')" >"$record"
  report="$(head_of_run ./trivium bench subscriptions "$@" && measure_subscriptions)"
  echo "$report"
  printf '\n```\n%s\n```\n' "$report" >>"$record"
fi
