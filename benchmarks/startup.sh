#!/usr/bin/env bash
# how long the platform and the router alone take to start, and their resident memory
set -euo pipefail
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
: "${JAVA_HOME:?call it as ./trivium bench startup}"
source "$ROOT/benchmarks/lib/measure.sh"

work="$(mktemp -d)"
export TRIVIUM_DATA="$work/data"
pid=""
clean_up() {
  [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
  [ -z "$pid" ] || wait "$pid" 2>/dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT

# Whether the router answers a GraphQL request.
answers() (
  body='{"query":"{__typename}"}'
  exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
  printf 'POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' \
    "${#body}" "$body" >&3
  grep -q '"__typename":"Query"' <&3
) 2>/dev/null

head_of_run ./trivium bench startup

"$ROOT/trivium" build
for run in 1 2 3; do
  port=$((30000 + RANDOM % 2000))
  before=$(milliseconds)
  HOST=127.0.0.1 "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss512k -Xmx128m \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -XX:AOTCache="$ROOT/router/server/target/app/classes.aot" -jar "$ROOT/router/server/target/trivium-router.jar" router --port "$port" \
    --supergraph "$ROOT/schema/supergraph.graphql" --config "$ROOT/router.yaml" >"$work/router.log" 2>&1 &
  pid=$!
  until answers "$port"; do
    kill -0 "$pid" 2>/dev/null || { tail -n 5 "$work/router.log" >&2; exit 1; }
    sleep 0.02
  done
  took=$(($(milliseconds) - before))
  sleep 5
  echo "router alone, run $run: answers after $took ms, $(($(resident_kilobytes "$pid") / 1024)) MB idle"
  kill "$pid"
  wait "$pid" || true
  pid=""
done

for run in 1 2 3; do
  before=$(milliseconds)
  "$ROOT/trivium" up >"$work/up-$run.log" 2>&1 &
  pid=$!
  until grep -q '^Trivium is up' "$work/up-$run.log" 2>/dev/null; do
    kill -0 "$pid" 2>/dev/null || { cat "$work/up-$run.log" >&2; exit 1; }
    sleep 0.05
  done
  took=$(($(milliseconds) - before))
  sleep 5
  total=0 each=""
  for file in "$TRIVIUM_DATA"/run/*.pid; do
    kilobytes=$(resident_kilobytes "$(cat "$file")")
    total=$((total + kilobytes))
    each+=" $(basename "$file" .pid) $((kilobytes / 1024))"
  done
  echo "platform, run $run: all healthy after $took ms, $((total / 1024)) MB in total:$each"
  kill "$pid"
  wait "$pid" || true
  pid=""
done
