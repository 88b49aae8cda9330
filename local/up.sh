# `./trivium up`: starts each program of the platform as a process of its own, waits until all are
# healthy, and stops them together. Sourced by the launcher.

DATA="${TRIVIUM_DATA:-$ROOT/.trivium}"
ROUTER_PORT="${PORT:-4000}"
AUTH_PORT="${AUTH_PORT:-4101}"
EVENTS_PORT="${EVENTS_PORT:-4102}"
NOTIFICATIONS_PORT="${NOTIFICATIONS_PORT:-4103}"
MONGODB_PORT="${MONGODB_PORT:-4110}"
AMQP_PORT="${AMQP_PORT:-4111}"
START_LIMIT=90 # seconds until a program that is not healthy counts as stuck
STOP_LIMIT=10  # seconds until a program that does not stop is killed

# A quick start and little memory matter more here than peak speed.
JVM_FLAGS=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss512k
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)

NAMES=() # programs in the order of their start

up() {
  # macOS has 3.2, which knows no associative arrays.
  [ "${BASH_VERSINFO[0]}" -ge 4 ] ||
    fail "up needs bash 4 or later, this is $BASH_VERSION: install a newer one"
  declare -gA PIDS=()
  local fresh="" demo=""
  while [ $# -gt 0 ]; do
    case "$1" in
      --fresh) fresh=1 ;;
      --demo) demo=1 ;;
      *) fail "unknown option '$1'; up takes --fresh and --demo" ;;
    esac
    shift
  done
  mkdir -p "$DATA/run" "$DATA/log"
  stop_leftovers
  if [ -n "$fresh" ]; then
    rm -rf "$DATA/data"
  fi
  build_if_stale "$ROOT"/{auth,events,notifications}-subgraph/target/*-subgraph.jar \
    "$ROUTER_JAR" "$ROOT/local/target/trivium-local.jar"
  prepare
  check_ports
  trap stop_all EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  echo "$$" >"$DATA/launcher.pid"
  local started=$SECONDS
  start_all
  if [ -n "$demo" ]; then
    "$JAVA_HOME/bin/java" "${JVM_FLAGS[@]}" -cp "$ROOT/local/target/trivium-local.jar" \
      dev.trivium.local.DemoData "http://127.0.0.1:$ROUTER_PORT/graphql"
  fi
  cat <<READY

Trivium is up ($((SECONDS - started)) s). Open http://127.0.0.1:$ROUTER_PORT/graphql

  subgraphs  auth http://127.0.0.1:$AUTH_PORT/graphql
             events http://127.0.0.1:$EVENTS_PORT/graphql
             notifications http://127.0.0.1:$NOTIFICATIONS_PORT/graphql
  data       $(without_password "$MONGODB_URI")
             $(without_password "$RABBITMQ_URI")
  logs       $DATA/log/

Ctrl-C stops everything.
READY
  watch_all
}

without_password() {
  sed -E 's|(://[^:/@]+):[^@]*@|\1:…@|' <<<"$1"
}

start_all() {
  local embedded=()
  if [ -z "${MONGODB_URI:-}" ]; then
    embedded+=(--mongodb-port "$MONGODB_PORT")
  fi
  if [ -z "${RABBITMQ_URI:-}" ]; then
    embedded+=(--amqp-port "$AMQP_PORT")
  fi
  export MONGODB_URI="${MONGODB_URI:-mongodb://127.0.0.1:$MONGODB_PORT}"
  export RABBITMQ_URI="${RABBITMQ_URI:-amqp://guest:guest@127.0.0.1:$AMQP_PORT}"
  export JWT_ISSUER="${JWT_ISSUER:-http://127.0.0.1:$AUTH_PORT}"
  export JWKS_URI="${JWKS_URI:-http://127.0.0.1:$AUTH_PORT/.well-known/jwks.json}"
  export AUTH_URL="http://127.0.0.1:$AUTH_PORT/graphql"
  export EVENTS_URL="http://127.0.0.1:$EVENTS_PORT/graphql"
  export NOTIFICATIONS_URL="http://127.0.0.1:$NOTIFICATIONS_PORT/graphql"

  echo "Starting (logs in $DATA/log/) ..."
  if [ ${#embedded[@]} -gt 0 ]; then
    start local -Xmx192m -jar "$ROOT/local/target/trivium-local.jar" \
      --data "$DATA/data" "${embedded[@]}"
  fi
  PORT=$ROUTER_PORT start router $(cache_flag "$ROOT/router/server/target/app") -Xmx128m \
    -jar "$ROUTER_JAR" router --dev \
    --supergraph "$ROOT/schema/supergraph.graphql" --config "$ROOT/router.yaml"
  if [ -n "${PIDS[local]:-}" ]; then
    await_embedded
  fi
  PORT=$AUTH_PORT start_service auth
  PORT=$EVENTS_PORT start_service events
  PORT=$NOTIFICATIONS_PORT start_service notifications
  await auth "$AUTH_PORT" /actuator/health
  await events "$EVENTS_PORT" /actuator/health
  await notifications "$NOTIFICATIONS_PORT" /actuator/health
  await router "$ROUTER_PORT" /health
}

# What makes a start quick, for each program whose jar is newer than its preparation: the unpacked
# jar (class loading from nested jars costs a second) and a cache of its linked classes, recorded by
# one start without servers. The cache fits one JDK and one jar only; without it all works, slower.
prepare() {
  local name pids=()
  for name in auth events notifications; do
    prepare_service "$name" &
    pids+=("$!")
  done
  wait "${pids[@]}"
  prepare_router
}

prepare_service() {
  local jar="$ROOT/$1-subgraph/target/$1-subgraph.jar" app="$ROOT/$1-subgraph/target/app"
  [ "$jar" -nt "$app/prepared" ] || return 0
  echo "Preparing $1 for a quick start ..."
  rm -rf "$app"
  "$JAVA_HOME/bin/java" "${JVM_FLAGS[@]}" -Djarmode=tools -jar "$jar" \
    extract --destination "$app" >/dev/null
  PORT=0 MONGODB_URI=mongodb://127.0.0.1:1 RABBITMQ_URI=amqp://127.0.0.1:1 \
    "$JAVA_HOME/bin/java" "${JVM_FLAGS[@]}" -Xmx160m -XX:AOTCacheOutput="$app/classes.aot" \
    -Dspring.context.exit=onRefresh -jar "$app/$1-subgraph.jar" >"$app/prepared.log" 2>&1 || true
  touch "$app/prepared"
}

prepare_router() {
  local app="$ROOT/router/server/target/app"
  [ "$ROUTER_JAR" -nt "$app/prepared" ] || return 0
  echo "Preparing router for a quick start ..."
  rm -rf "$app"
  mkdir -p "$app"
  "$ROOT/local/record-classes.sh" "$app/classes.aot" "$JAVA_HOME/bin/java" "${JVM_FLAGS[@]}" \
    -jar "$ROUTER_JAR" router \
    --supergraph "$ROOT/schema/supergraph.graphql" --config "$ROOT/router.yaml" \
    >"$app/prepared.log" 2>&1 || true
  touch "$app/prepared"
}

# The option that uses a recorded cache, if there is one.
cache_flag() {
  [ ! -f "$1/classes.aot" ] || echo "-XX:AOTCache=$1/classes.aot"
}

start_service() {
  local app="$ROOT/$1-subgraph/target/app"
  start "$1" $(cache_flag "$app") -Xmx160m -jar "$app/$1-subgraph.jar"
}

start() {
  local name=$1
  shift
  # Job control puts each program in a process group of its own, so that Ctrl-C reaches only this
  # script, which then stops them in order.
  set -m
  HOST=127.0.0.1 "$JAVA_HOME/bin/java" "${JVM_FLAGS[@]}" "$@" \
    </dev/null >"$DATA/log/$name.log" 2>&1 &
  set +m
  PIDS[$name]=$!
  NAMES+=("$name")
  echo "$!" >"$DATA/run/$name.pid"
}

await_embedded() {
  [[ "$MONGODB_URI" != *":$MONGODB_PORT" ]] || await local "$MONGODB_PORT" ""
  [[ "$RABBITMQ_URI" != *":$AMQP_PORT" ]] || await local "$AMQP_PORT" ""
}

# Waits until a program answers: HTTP 200 at the path or, without one, a connection to the port.
await() {
  local name=$1 port=$2 path=$3 deadline=$((SECONDS + START_LIMIT))
  until answers "$port" "$path"; do
    if ! kill -0 "${PIDS[$name]}" 2>/dev/null; then
      fail "$name stopped while it started: $(last_words "$name") (all of it: $DATA/log/$name.log)"
    fi
    if [ $SECONDS -ge $deadline ]; then
      fail "$name is not healthy after $START_LIMIT s: see $DATA/log/$name.log"
    fi
    sleep 0.1
  done
  echo "  $name is ready${path:+ at http://127.0.0.1:$port}"
}

# The line of a log that most likely says what went wrong.
last_words() {
  local log="$DATA/log/$1.log" line
  line="$(grep -E 'ERROR|Exception|rror:|trivium' "$log" 2>/dev/null | tail -n 1 || true)"
  if [ -z "$line" ]; then
    line="$(tail -n 1 "$log" 2>/dev/null || true)"
  fi
  echo "${line:-it said nothing}" | cut -c 1-300
}

answers() (
  exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
  [ -n "$2" ] || exit 0
  printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' "$2" >&3
  IFS= read -r -t 5 status <&3 && [[ "$status" == *" 200"* ]]
) 2>/dev/null

check_ports() {
  local entry
  local ports=("router:$ROUTER_PORT:PORT" "auth:$AUTH_PORT:AUTH_PORT"
    "events:$EVENTS_PORT:EVENTS_PORT" "notifications:$NOTIFICATIONS_PORT:NOTIFICATIONS_PORT")
  [ -n "${MONGODB_URI:-}" ] || ports+=("MongoDB:$MONGODB_PORT:MONGODB_PORT")
  [ -n "${RABBITMQ_URI:-}" ] || ports+=("AMQP:$AMQP_PORT:AMQP_PORT")
  for entry in "${ports[@]}"; do
    IFS=: read -r name port variable <<<"$entry"
    if answers "$port" ""; then
      fail "port $port, which $name needs, is taken: stop what uses it, or choose another with $variable=…"
    fi
  done
}

# Says which program died, and stops with the last of them.
watch_all() {
  local name alive
  while true; do
    alive=""
    for name in "${NAMES[@]}"; do
      [ -n "${PIDS[$name]:-}" ] || continue
      if kill -0 "${PIDS[$name]}" 2>/dev/null; then
        alive=1
      else
        echo "trivium: $name has stopped: $(last_words "$name"); the others go on" >&2
        unset "PIDS[$name]"
        rm -f "$DATA/run/$name.pid"
      fi
    done
    [ -n "$alive" ] || exit 1
    sleep 1 &
    wait $! || true
  done
}

# The router first, the servers last, so that nothing fails for want of what it needs.
stop_all() {
  local code=$? index
  trap '' INT TERM HUP
  trap - EXIT
  echo "Stopping ..."
  stop_each "${PIDS[router]:-}"
  stop_each "${PIDS[auth]:-}" "${PIDS[events]:-}" "${PIDS[notifications]:-}"
  stop_each "${PIDS[local]:-}"
  rm -f "$DATA"/run/*.pid "$DATA/launcher.pid"
  exit "$code"
}

stop_each() {
  local pid waited=0 alive=("$@") left
  for pid in "$@"; do
    [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
  done
  while true; do
    left=()
    for pid in "${alive[@]}"; do
      [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null && left+=("$pid")
    done
    [ ${#left[@]} -gt 0 ] || return 0
    if [ $waited -ge $((STOP_LIMIT * 10)) ]; then
      kill -9 "${left[@]}" 2>/dev/null || true
      return 0
    fi
    alive=("${left[@]}")
    waited=$((waited + 1))
    sleep 0.1
  done
}

# An earlier start that was killed could not stop its programs.
stop_leftovers() {
  local launcher file pid
  launcher="$(cat "$DATA/launcher.pid" 2>/dev/null || true)"
  if [ -n "$launcher" ] && [ "$launcher" != $$ ] && runs "$launcher" 'trivium up'; then
    fail "the platform is already running (process $launcher); stop it with Ctrl-C where it was started"
  fi
  for file in "$DATA"/run/*.pid; do
    [ -f "$file" ] || continue
    pid="$(cat "$file")"
    if runs "$pid" '(trivium-local|trivium-router|-subgraph)\.jar'; then
      echo "Stopping $(basename "$file" .pid), which an earlier start left (process $pid) ..."
      stop_each "$pid"
    fi
    rm -f "$file"
  done
}

# Whether a process is alive and its command line matches: its number may have gone to another one.
runs() {
  ps -o args= -p "$1" 2>/dev/null | grep -q -E -e "$2"
}
