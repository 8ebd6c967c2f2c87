# Runs a Valkey of its own on 127.0.0.1 with the options $2… until its standard input ends, and leaves nothing behind. It writes
# "ready" as soon as the port $1 answers. At "kill" it is killed, and at "start" it starts again, on what the crash has left.
# `OAUTH_VALKEY` and `OAUTH_VALKEY_CLI` are other programs than Valkey's, such as `redis-server` and `redis-cli`.
set -eu
port=$1
shift
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
server=

# Unless the options say otherwise, nothing is written: what a crash would leave is of no interest.
start() {
  "${OAUTH_VALKEY:-valkey-server}" --bind 127.0.0.1 --port "$port" --dir "$folder" --save "" --appendonly no --daemonize no "$@" \
    >"$folder/log" 2>&1 &
  server=$!
  # Another one may have the port.
  tries=0
  until "${OAUTH_VALKEY_CLI:-valkey-cli}" -p "$port" info server 2>&1 | grep -q "^process_id:$server[^0-9]"; do
    tries=$((tries + 1))
    { kill -0 "$server" && [ $tries -lt 1000 ]; } || { cat "$folder/log" >&2; exit 1; }
    sleep 0.05
  done
  echo ready
}

# The shell would say that it was killed.
end() {
  kill -KILL "$server"
  wait "$server" || true
} 2>/dev/null

start "$@"
while read -r order; do
  case $order in
    kill) end; echo killed ;;
    start) start "$@" ;;
  esac
done
end
