# Starts Debian's RabbitMQ on loopback ports of its own and exports RABBITMQ_URI. Sourced.

RABBITMQ_HOME=""
RABBITMQ_PID=""

free_port() {
  local port
  while true; do
    port=$((20000 + RANDOM % 12000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
}

start_rabbitmq() {
  if [ ! -x /usr/lib/rabbitmq/bin/rabbitmq-server ]; then
    echo "ci: RabbitMQ is not installed: the tests use what else there is, and say so" >&2
    return 0
  fi
  RABBITMQ_HOME="$(mktemp -d)"
  local port management waited=0
  port="$(free_port)"
  management="$(free_port)"
  cat >"$RABBITMQ_HOME/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$port
management.tcp.ip = 127.0.0.1
management.tcp.port = $management
CONF
  echo '[rabbitmq_management].' >"$RABBITMQ_HOME/enabled_plugins"
  ERL_EPMD_PORT="$(free_port)"
  RABBITMQ_NODENAME="trivium-ci-$$@localhost"
  export ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT RABBITMQ_NODENAME
  HOME="$RABBITMQ_HOME" RABBITMQ_MNESIA_BASE="$RABBITMQ_HOME/data" \
    RABBITMQ_LOG_BASE="$RABBITMQ_HOME/log" \
    RABBITMQ_CONFIG_FILE="$RABBITMQ_HOME/rabbitmq.conf" \
    RABBITMQ_ENABLED_PLUGINS_FILE="$RABBITMQ_HOME/enabled_plugins" \
    RABBITMQ_DIST_PORT="$(free_port)" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}" \
    /usr/lib/rabbitmq/bin/rabbitmq-server >"$RABBITMQ_HOME/out.log" 2>&1 &
  RABBITMQ_PID=$!
  until (exec 3<>"/dev/tcp/127.0.0.1/$port" 4<>"/dev/tcp/127.0.0.1/$management") 2>/dev/null; do
    waited=$((waited + 1))
    if ! kill -0 "$RABBITMQ_PID" 2>/dev/null || [ "$waited" -gt 600 ]; then
      tail -n 20 "$RABBITMQ_HOME/out.log" >&2
      echo "ci: RabbitMQ did not start" >&2
      return 1
    fi
    sleep 0.1
  done
  export RABBITMQ_URI="amqp://guest:guest@127.0.0.1:$port"
  export RABBITMQ_MANAGEMENT_URI="http://guest:guest@127.0.0.1:$management"
  echo "ci: RabbitMQ $(dpkg-query -W -f '${Version}' rabbitmq-server 2>/dev/null) at port $port"
}

stop_rabbitmq() {
  [ -n "$RABBITMQ_PID" ] || return 0
  HOME="$RABBITMQ_HOME" /usr/lib/rabbitmq/bin/rabbitmqctl -q stop >/dev/null 2>&1 ||
    kill "$RABBITMQ_PID" 2>/dev/null || true
  wait "$RABBITMQ_PID" 2>/dev/null || true
  HOME="$RABBITMQ_HOME" epmd -port "$ERL_EPMD_PORT" -kill >/dev/null 2>&1 || true
  rm -rf "$RABBITMQ_HOME"
  RABBITMQ_PID=""
}
