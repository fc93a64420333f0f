#!/bin/sh
# Installs Vigie on Debian 12 or 13, or Raspberry Pi OS of the same age, on amd64 or arm64.
#
#   sudo ./install.sh               install; or upgrade in place, and back if it does not run
#   sudo ./install.sh --uninstall   stop and remove; configuration and data stay
#   sudo ./install.sh --purge       remove these and the users as well
#
# Nothing is asked: what a practice must say is asked by the pages. Each build has its own folder
# in /opt/vigie, and `current` points to the one in use. Packages come from wheelhouse/ beside this
# file, with the hashes of the lock; where there is none, .ci/wheelhouse fetches it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
base=/opt/vigie
config=/etc/vigie/vigie.toml
state=/var/lib/vigie
units=/etc/systemd/system
kept=$state/before-upgrade # the databases as the former version left them
patience=${VIGIE_PATIENCE:-180} # seconds for the parts to start; a slow card takes one minute
settle=${VIGIE_SETTLE:-15} # seconds in which they must then go on running

say() { echo "vigie: $*"; }
stop() { echo "vigie: $*" >&2; exit 1; }
running() { [ -d /run/systemd/system ]; } # else in a chroot: everything starts with the machine
current() { readlink "$base/current" || true; }

judge_machine() {
  [ "$(id -u)" = 0 ] || stop "this needs root: sudo $0"
  # shellcheck source=/dev/null
  . /etc/os-release
  case "${ID:-}-${VERSION_ID:-}" in
    debian-12 | debian-13 | raspbian-12 | raspbian-13) ;;
    *) stop "this is ${PRETTY_NAME:-no Linux that is known}, and only Debian 12 and 13 are supported." ;;
  esac
  case "$(dpkg --print-architecture)" in
    amd64 | arm64) ;;
    *) stop "this system is $(dpkg --print-architecture), and only amd64 and arm64 are supported (64 bits)." ;;
  esac
  command -v python3 >/dev/null || stop "python3 is missing: apt-get install python3"
}

# Builds

build() { # prints the name of the folder in $base
  house=$here/wheelhouse
  [ -d "$house" ] || "$here/.ci/wheelhouse" >&2 ||
    stop "the packages could not be fetched: bring a wheelhouse/ folder along, or an internet connection."
  ours=$(basename "$house"/vigie-*.whl)
  version=${ours#vigie-}
  name=${version%%-*}-$(sha256sum "$house/requirements.txt" | cut -c1-8)
  if [ ! -e "$base/$name/complete" ]; then
    rm -rf "${base:?}/$name"
    mkdir -p "$base"
    python3 -m venv --without-pip "$base/$name"
    PYTHONPATH=$(echo "$house"/pip-*.whl) "$base/$name/bin/python" -m pip --isolated install \
      --quiet --no-index --find-links "$house" --require-hashes --requirement "$house/requirements.txt" \
      --no-warn-script-location --root-user-action ignore >&2 ||
      stop "the packages could not be installed: see above. What was here before is still in use."
    borrow_lgpio "$base/$name"
    cp -r "$here/systemd" "$here/install.sh" "$base/$name/"
    chmod -R go=u-w "$base/$name"
    touch "$base/$name/complete"
  fi
  echo "$name"
}

borrow_lgpio() { # the registry has none for Python 3.13, Raspberry Pi OS has (python3-lgpio)
  packages=$(echo "$1"/lib/python3*/site-packages)
  for file in /usr/lib/python3/dist-packages/lgpio.py /usr/lib/python3/dist-packages/_lgpio*.so; do
    [ ! -e "$file" ] || [ -e "$packages/$(basename "$file")" ] || ln -s "$file" "$packages/"
  done
}

# What the system is told

put_in_place() { # of the build $1: its units and rules, and `current`
  from=$base/$1/systemd
  take_away
  mkdir -p "$units/vigie-.service.d" /etc/sysusers.d /etc/tmpfiles.d /etc/udev/rules.d /etc/sysctl.d \
    /etc/systemd/system.conf.d
  cp "$from"/*.service "$from"/*.timer "$from"/*.target "$units/"
  cp "$from"/vigie-.service.d/limits.conf "$units/vigie-.service.d/"
  cp "$from"/sysusers.d/vigie.conf /etc/sysusers.d/
  cp "$from"/tmpfiles.d/vigie.conf /etc/tmpfiles.d/
  cp "$from"/udev/60-vigie.rules /etc/udev/rules.d/
  cp "$from"/sysctl.d/60-vigie.conf /etc/sysctl.d/
  cp "$from"/system.conf.d/60-vigie.conf /etc/systemd/system.conf.d/
  ln -sfn "$1" "$base/next"
  mv -T "$base/next" "$base/current"
  # Files that root makes are the other parts' as well.
  printf '#!/bin/sh\numask 0007\nexec %s/current/bin/vigie "$@"\n' "$base" >/usr/local/bin/vigie
  chmod 755 /usr/local/bin/vigie
  systemd-sysusers >/dev/null 2>&1 || systemd-sysusers
  configure
  if running; then # else this comes with the start
    systemd-tmpfiles --create /etc/tmpfiles.d/vigie.conf
    /lib/systemd/systemd-sysctl /etc/sysctl.d/60-vigie.conf
    ! command -v udevadm >/dev/null || { udevadm control --reload && udevadm trigger --subsystem-match=gpio; } 2>/dev/null || true
    systemctl daemon-reload
  fi
  systemctl --quiet enable vigie.target vigie-panel vigie-sensor vigie-web vigie-outputs vigie-switch vigie-lists.timer
}

take_away() { # what put_in_place puts; a technician's own drop-ins stay
  rm -f "$units"/vigie-*.service "$units"/vigie-*.timer "$units"/vigie.target "$units"/vigie-.service.d/limits.conf
  rm -f /etc/sysusers.d/vigie.conf /etc/tmpfiles.d/vigie.conf /etc/udev/rules.d/60-vigie.rules
  rm -f /etc/sysctl.d/60-vigie.conf /etc/systemd/system.conf.d/60-vigie.conf /usr/local/bin/vigie
  rmdir "$units/vigie-.service.d" 2>/dev/null || true
}

configure() { # only where nobody has
  [ ! -e "$config" ] || return 0
  mkdir -p "$(dirname "$config")"
  port=443
  ! python3 -c 'import socket; socket.create_connection(("127.0.0.1", 443), 1)' 2>/dev/null || port=8443
  {
    echo "# Every setting and its default: docs/configuration.md. Mistakes: vigie check"
    echo "[web]"
    echo "listen = \"0.0.0.0:$port\""
    # Where the pins are known to work they are insisted on: the panel may start before they are there.
    if grep -qs "Raspberry Pi" /proc/device-tree/model && [ -e /dev/gpiochip0 ] &&
      "$base/current/bin/python" -c "import lgpio" 2>/dev/null; then
      printf '[panel]\npins = "real"\n'
    fi
  } >"$config"
}

# Running

watched="vigie-panel vigie-sensor vigie-web"

active() { # those of the units given that run
  for unit; do ! systemctl --quiet is-active "$unit" || printf '%s ' "$unit"; done
}

healthy() { # the units given run in time, are still the same a while later, and the panel answers
  for _ in $(seq "$patience"); do
    all_active "$@" && break
    sleep 1
  done
  before=$(systemctl show --property=MainPID "$@")
  sleep "$settle"
  all_active "$@" && [ "$before" = "$(systemctl show --property=MainPID "$@")" ] || return 1
  answer=$(/usr/local/bin/vigie status --json 2>/dev/null) || true # status 1: a cut that is not proven
  [ -n "$answer" ]
}

all_active() { [ "$(active "$@")" = "$(printf '%s ' "$@")" ]; }

quiet() { # all but the panel, which holds the relay
  systemctl stop vigie-web vigie-sensor vigie-outputs vigie-switch vigie-lists.timer vigie-lists.service 2>/dev/null || true
}

start() {
  systemctl reset-failed 'vigie-*' 2>/dev/null || true
  systemctl restart vigie-panel || true
  systemctl start vigie.target
}

keep_databases() {
  rm -rf "$kept"
  mkdir -m 700 "$kept"
  for file in "$state"/vigie.db* "$state"/outbox.db*; do [ ! -e "$file" ] || cp -a "$file" "$kept/"; done
}

bring_databases_back() {
  rm -f "$state"/vigie.db* "$state"/outbox.db*
  for file in "$kept"/*; do [ ! -e "$file" ] || cp -a "$file" "$state/"; done
}

install() {
  judge_machine
  old=$(current)
  new=$(build)
  if ! running; then
    put_in_place "$new"
    say "$new is installed; it starts with the machine."
    return
  fi
  wanted=$watched
  if [ -n "$old" ]; then
    wanted=$(active $watched) # what did not run before is not the upgrade's fault
    quiet
    keep_databases
  fi
  put_in_place "$new"
  start
  # shellcheck disable=SC2086 # a list of words
  if healthy ${wanted:-vigie-panel}; then
    tidy "$new" "$old"
    say "$new runs. The pages: https://$(hostname)/, the code of the first set-up: journalctl -u vigie-web"
    return
  fi
  if [ -z "$old" ] || [ "$old" = "$new" ]; then
    stop "$new is installed, but not every part runs: systemctl status 'vigie-*' says why."
  fi
  quiet
  bring_databases_back
  put_in_place "$old"
  start
  stop "$new did not run well, and $old is back in use: journalctl -u 'vigie-*' says why."
}

tidy() { # only the build in use and the one before are kept
  for folder in "$base"/*/; do
    name=$(basename "$folder")
    case "$name" in current | "$1" | "$2") ;; *) rm -rf "$folder" ;; esac
  done
}

uninstall() {
  [ "$(id -u)" = 0 ] || stop "this needs root: sudo $0"
  if running && /usr/local/bin/vigie status --json 2>/dev/null | grep -q '"state": "isolated"'; then
    stop "the practice is isolated, and nothing would hold or end that any more: vigie reconnect --why … first."
  fi
  systemctl --quiet disable vigie.target vigie-panel vigie-sensor vigie-web vigie-outputs vigie-switch vigie-lists.timer 2>/dev/null || true
  ! running || systemctl stop vigie.target 'vigie-*' 2>/dev/null || true
  take_away
  rm -rf "$base" /run/vigie /var/lib/systemd/timers/stamp-vigie-lists.timer
  if running; then
    systemctl daemon-reload
    systemctl reset-failed 'vigie-*' 2>/dev/null || true
  fi
}

purge() {
  rm -rf /etc/vigie "$state" /var/lib/vigie-panel /var/lib/vigie-settings
  for user in vigie-panel vigie-sensor vigie-web vigie-outputs vigie-switch; do
    ! getent passwd "$user" >/dev/null || userdel "$user"
  done
  ! getent group vigie >/dev/null || groupdel vigie
}

case "${1:-}" in
  "") install ;;
  --uninstall)
    uninstall
    if [ "${2:-}" = --purge ]; then purge; say "removed, with all data."; else say "removed; configuration and data stay."; fi
    ;;
  --purge) uninstall && purge && say "removed, with all data." ;;
  *) stop "what it can be told: nothing, --uninstall, or --purge" ;;
esac
