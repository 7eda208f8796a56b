#!/usr/bin/env bash
# Makes, once, the passwords that the services of compose.yaml know each other by. Runs as the service `secrets`.
set -euo pipefail
cd "${1:-/secrets}"
umask 027

fresh() { [[ -s $1 ]] || head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$1"; }

# name:hash lines for a listener, of the passwords in the files of those names.
users() {
  local file=$1 user
  shift
  [[ -s $file ]] && return
  for user in "$@"; do
    fresh "$user"
    printf '%s:%s\n' "$user" "$(/opt/edgeflow/edgeflow gateway --hash-password <"$user" | grep -o '[$]pbkdf2.*')"
  done >"$file.new"
  mv "$file.new" "$file"
}

fresh database
fresh grafana
fresh grafana-login
users edges.users pi-7
users sensors.users plant
users people.users operator
echo "passwords are in the volume 'secrets': operator is for the dashboard, grafana-login for Grafana's admin"
