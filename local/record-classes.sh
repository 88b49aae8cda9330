#!/usr/bin/env bash
# Records the class cache of the router (docs/adr/0008-router-jvm.md): one start, up to the first
# answer. The cache fits the JVM and the jars that it was recorded with, so the launcher and the
# image each record their own.
#
#   record-classes.sh CACHE JAVA [JVM OPTION ...] -jar JAR router [OPTION ...]
set -euo pipefail

[ $# -ge 5 ] || {
  sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
  exit 2
}
cache="$1" java="$2"
shift 2
log="$(mktemp)"

# Whether the router answers a GraphQL request.
answers() (
  body='{"query":"{__typename}"}'
  exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
  printf 'POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' \
    "${#body}" "$body" >&3
  grep -q '"__typename":"Query"' <&3
) 2>/dev/null

# A small heap, so that the cache has the layout of objects that most heaps have; no profiles, which
# after one start mislead the compiler for long.
PORT=0 HOST=127.0.0.1 "$java" -Xmx128m -XX:AOTCacheOutput="$cache" \
  -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining "$@" >"$log" 2>&1 &
pid=$!
trap 'kill "$pid" 2>/dev/null || true; rm -f "$log"' EXIT

for ((tries = 0; tries < 300; tries++)); do
  port="$(sed -n 's|.*answers at http://[^ ]*:\([0-9]*\)/graphql.*|\1|p' "$log")"
  if [ -n "$port" ] && answers "$port"; then
    break
  fi
  kill -0 "$pid" 2>/dev/null || break
  sleep 0.1
done

# The cache is written at the end of the process.
kill "$pid" 2>/dev/null || true
wait "$pid" || true
if [ ! -s "$cache" ]; then
  cat "$log" >&2
  echo "record-classes: no class cache could be recorded" >&2
  exit 1
fi
