#!/usr/bin/env bash
# Private servers for tests: PostgreSQL and Redis on free ports of the loopback address, data in a temporary directory.
#   scripts/services.sh start    starts what is installed; prints TEST_DATABASE_URL=... and TEST_REDIS_URL=... (only of what runs)
#   scripts/services.sh env      prints the same again
#   scripts/services.sh logs     prints the ends of their logs, and whether they live
#   scripts/services.sh stop     ends them and removes their data
# BAYA_SERVICES names the state directory, so that several sets can live side by side.
set -euo pipefail

state="${BAYA_SERVICES:-${TMPDIR:-/tmp}/baya-services-$(id -u)}"
user=postgres

free_port() { node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'; }

# PostgreSQL refuses to run as root.
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u "$user" -- "$@"; else "$@"; fi; }

postgres_bin() {
  if [ -n "${POSTGRES_BIN:-}" ]; then echo "$POSTGRES_BIN"; return; fi
  ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true
}

start_postgres() {
  local bin port
  bin="$(postgres_bin)"
  [ -n "$bin" ] && [ -x "$bin/initdb" ] || return 0
  port="$(free_port)"
  install -d -m 0700 "$state/postgres"
  if [ "$(id -u)" = 0 ]; then chown "$user" "$state/postgres"; fi
  as_postgres "$bin/initdb" -D "$state/postgres" -U postgres --auth=trust -E UTF8 --locale=C >"$state/initdb.log" 2>&1
  as_postgres "$bin/pg_ctl" -D "$state/postgres" -l "$state/postgres/server.log" -w -o \
    "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=400 -c fsync=off" start >/dev/null
  echo "TEST_DATABASE_URL=postgres://postgres@127.0.0.1:$port/postgres" >>"$state/env"
}

start_redis() {
  command -v redis-server >/dev/null || return 0
  local port
  port="$(free_port)"
  install -d "$state/redis"
  redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$state/redis" --daemonize yes \
    --pidfile "$state/redis/pid" --logfile "$state/redis/log" >/dev/null
  echo "TEST_REDIS_URL=redis://127.0.0.1:$port/0" >>"$state/env"
}

# Whether what an earlier start wrote down still runs.
is_alive() {
  if [ -d "$state/postgres" ]; then as_postgres "$(postgres_bin)/pg_ctl" -D "$state/postgres" status >/dev/null 2>&1 || return 1; fi
  if [ -d "$state/redis" ]; then kill -0 "$(cat "$state/redis/pid" 2>/dev/null)" 2>/dev/null || return 1; fi
}

stop_all() {
  local bin pid
  bin="$(postgres_bin)"
  if [ -f "$state/postgres/postmaster.pid" ]; then as_postgres "$bin/pg_ctl" -D "$state/postgres" -m immediate -w stop >/dev/null || true; fi
  if [ -f "$state/redis/pid" ]; then
    pid="$(cat "$state/redis/pid")"
    kill "$pid" 2>/dev/null || true
  fi
  # A server that is just ending may still write a file.
  rm -rf "$state" 2>/dev/null || { sleep 1; rm -rf "$state" || echo "left behind: $state" >&2; }
}

print_logs() {
  local log
  for log in "$state/postgres/server.log" "$state/redis/log"; do
    [ -f "$log" ] || continue
    echo "-- $log"
    tail -n 40 "$log"
  done
  echo "-- alive: $(pgrep -x -c postgres || true) postgres, $(pgrep -x -c redis-server || true) redis-server"
  free -m 2>/dev/null || true
}

case "${1:-}" in
  start)
    if [ -f "$state/env" ] && is_alive; then cat "$state/env"; exit 0; fi
    if [ -d "$state" ]; then stop_all; fi
    mkdir -p "$state"
    chmod 755 "$state"
    : >"$state/env"
    start_postgres
    start_redis
    cat "$state/env"
    ;;
  env) if [ -f "$state/env" ]; then cat "$state/env"; else echo "Nothing runs: scripts/services.sh start" >&2; exit 1; fi ;;
  logs) print_logs ;;
  stop) stop_all ;;
  *) sed -n '2,7p' "$0"; exit 2 ;;
esac
