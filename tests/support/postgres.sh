# Runs a PostgreSQL of its own on 127.0.0.1 and the port $1 until its standard input ends, and leaves nothing behind; what comes after
# $2 are its settings. It writes "ready" as soon as it answers. The lines of its input are orders: `kill` ends all its processes at once,
# as the kernel does, `start` starts it again on the same files, and `mend` does so if it has ended by itself. As root it is another user's: PostgreSQL refuses to run as root.
set -eu
if [ "$(id -u)" = 0 ]; then
  exec runuser -u postgres -- sh -c "$2" sh "$@"
fi
port=$1
shift 2
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$bin/initdb" --pgdata="$folder/data" --username=oauth --auth=trust --encoding=UTF8 --locale=C --no-sync >"$folder/log" 2>&1

start() {
  "$bin/postgres" -D "$folder/data" -h 127.0.0.1 -p "$port" -k "$folder" -c max_connections=400 -c shared_buffers=64MB "$@" \
    >>"$folder/log" 2>&1 &
  server=$!
  answers || { cat "$folder/log" >&2; exit 1; }
  echo ready
}

# Waits until the server answers, or has ended.
answers() {
  until "$bin/pg_isready" --quiet --host=127.0.0.1 --port="$port"; do
    if ! grep -qs '^State:[[:space:]]*[^ZX]' "/proc/$server/status"; then return 1; fi
    sleep 0.05
  done
}

# The children of a process.
children() {
  grep -ls "^PPid:[[:space:]]*$1\$" /proc/[0-9]*/status | tr -dc '0-9\n' || true
}

start "$@"
while read -r order; do
  case $order in
    kill)
      kill -STOP "$server"
      all=$(children "$server")
      kill -KILL "$server" $all
      wait "$server" || true
      for process in $all; do
        while [ -e "/proc/$process" ] && ! grep -qs '^State:[[:space:]]*Z' "/proc/$process/status"; do sleep 0.02; done
      done
      echo killed
      ;;
    start) start "$@" ;;
    mend) if answers; then echo ready; else start "$@"; fi ;;
  esac
done
kill -INT "$server" || true
wait "$server" || true
