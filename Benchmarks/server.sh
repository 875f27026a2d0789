# Sourced: builds a release, starts a server on a fresh demo database in a folder of its own, and stops it at the end.
# Sets folder, server (its process) and address.
swift build -c release --product apus >&2
folder=$(mktemp -d /tmp/apus-bench.XXXXXX)
chmod 755 "$folder"
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; rm -rf "$folder"' EXIT

began=$(date +%s.%N)
.build/release/apus demo --port 0 --data "$folder/data" >"$folder/out" 2>"$folder/err" &
server=$!
until grep -q 'Stop with Ctrl-C' "$folder/out"; do
    kill -0 "$server" 2>/dev/null || { cat "$folder/err" >&2; exit 1; }
    sleep 0.1
done
echo "first start with a new demo database: $(python3 -c "print('%.1f s' % ($(date +%s.%N) - $began))")"
address=$(grep -o 'http://[0-9.:]*' "$folder/out" | head -n 1)
