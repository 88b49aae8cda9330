# What the benchmarks share: where and on what they ran, and what the operating system says of a
# process. To be sourced.
export LC_ALL=C

# head_of_run COMMAND: the circumstances of a run.
head_of_run() {
  cat <<HEAD
commit   $(git -C "$ROOT" rev-parse --short HEAD)$([ -z "$(git -C "$ROOT" status --porcelain)" ] || echo ' with changes')
machine  $(nproc) cores, $(awk -F': ' '/^model name/ {print $2; exit}' /proc/cpuinfo), $(awk '/^MemTotal/ {printf "%.0f GiB", $2/1048576}' /proc/meminfo)
java     $(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/\1/p' "$JAVA_HOME/release")
load     $(cut -d' ' -f1-3 /proc/loadavg) before the run
command  $*
HEAD
}

milliseconds() { echo $(($(date +%s%N) / 1000000)); }

# resident_kilobytes PID
resident_kilobytes() { awk '/^VmRSS/ {print $2}' "/proc/$1/status"; }

# The most memory that a process ever held, without starting a process to ask.
peak_kilobytes() {
  local key value rest
  while read -r key value rest; do
    [ "$key" != VmHWM: ] || echo "$value"
  done <"/proc/$1/status"
} 2>/dev/null

# measure FOLDER COMMAND ...: runs the command to its end, with its output in FOLDER, and sets
# `wall` and `cpu` (seconds) and `peak` (MB) of its process and those it started.
measure() {
  local folder="$1" measured pid now kilobytes=0
  shift
  rm -f "$folder/pid"
  {
    TIMEFORMAT='%R %U %S'
    time bash -c 'echo $$ >"$0.new"; mv "$0.new" "$0"; exec "$@"' "$folder/pid" "$@" \
      >"$folder/output" 2>"$folder/errors"
  } 2>"$folder/time" &
  measured=$!
  until [ -f "$folder/pid" ]; do sleep 0.01; done
  pid="$(<"$folder/pid")"
  while kill -0 "$measured" 2>/dev/null; do
    now="$(peak_kilobytes "$pid" || true)"
    [ -z "$now" ] || kilobytes="$now"
    sleep 0.05
  done
  if ! wait "$measured"; then
    tail -n 20 "$folder/errors" >&2
    return 1
  fi
  read -r wall user system <"$folder/time"
  cpu="$(awk -v u="$user" -v s="$system" 'BEGIN {printf "%.2f", u + s}')"
  peak=$((kilobytes / 1024))
}
