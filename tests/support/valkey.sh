# Runs a Valkey of its own on 127.0.0.1 with the options $2… until its standard input ends, and leaves nothing behind. It writes
# "ready" as soon as the port $1 answers. `OAUTH_VALKEY` is another program than `valkey-server`, such as `redis-server`.
set -eu
port=$1
shift
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# What a crash would leave is of no interest here, so nothing is written.
"${OAUTH_VALKEY:-valkey-server}" --bind 127.0.0.1 --port "$port" --dir "$folder" --save "" --appendonly no --daemonize no "$@" \
  >"$folder/log" 2>&1 &
server=$!
until "${OAUTH_VALKEY_CLI:-valkey-cli}" -p "$port" ping >/dev/null 2>&1; do
  kill -0 "$server" || { cat "$folder/log" >&2; exit 1; }
  sleep 0.05
done
echo ready
cat >/dev/null
# The shell would say that it was killed.
exec 2>/dev/null
kill -KILL "$server"
wait "$server" || true
