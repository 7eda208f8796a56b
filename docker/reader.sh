#!/bin/sh
# Makes the role that Grafana reads the views by. May run again.
set -eu
PGPASSWORD=$(cat /secrets/database)
export PGHOST="${PGHOST:-database}" PGUSER=edgeflow PGDATABASE=edgeflow PGPASSWORD
psql --set ON_ERROR_STOP=1 --set password="$(cat /secrets/grafana)" <<'SQL'
select 'create role grafana login' where not exists (select from pg_roles where rolname = 'grafana') \gexec
alter role grafana password :'password';
alter role grafana set statement_timeout = '30s';
grant edgeflow_reader to grafana;
SQL
