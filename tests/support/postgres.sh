# Runs a PostgreSQL of its own on 127.0.0.1 and the port $1 until its standard input ends, and leaves nothing behind. It writes
# "ready" as soon as it answers. As root it is another user's: PostgreSQL refuses to run as root.
set -eu
if [ "$(id -u)" = 0 ]; then
  exec runuser -u postgres -- sh -c "$2" sh "$1" "$2"
fi
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# What a crash would leave is of no interest here, so the disk is not waited for.
"$bin/initdb" --pgdata="$folder/data" --username=oauth --auth=trust --encoding=UTF8 --locale=C --no-sync >"$folder/log" 2>&1
"$bin/postgres" -D "$folder/data" -h 127.0.0.1 -p "$1" -k "$folder" \
  -c fsync=off -c full_page_writes=off -c max_connections=400 -c shared_buffers=64MB >"$folder/log" 2>&1 &
server=$!
until "$bin/pg_isready" --quiet --host=127.0.0.1 --port="$1"; do
  kill -0 "$server" || { cat "$folder/log" >&2; exit 1; }
  sleep 0.05
done
echo ready
cat >/dev/null
kill -INT "$server"
wait "$server" || true
