#!/bin/sh
# Installs Vigie on Debian 12 or 13, or Raspberry Pi OS of the same age, on amd64 or arm64.
#
#   sudo ./install.sh               install; or upgrade in place, and back if it does not run
#   sudo ./install.sh --uninstall   stop and remove; configuration and data stay
#   sudo ./install.sh --purge       remove these, all backups and the users as well
#   sudo ./install.sh --build       only put the build beside the one in use, and print its name
#
# Nothing is asked: what a practice must say is asked by the pages. Each build has its own folder
# in /opt/vigie, and `current` points to the one in use. Packages come from wheelhouse/ beside this
# file, with the hashes of the lock; where there is none, .ci/wheelhouse fetches it. How a build is
# put in use, judged and taken back: appliance/update/, the same for `vigie update`.
set -eu
umask 022
here=$(cd "$(dirname "$0")" && pwd)
base=/opt/vigie
config=/etc/vigie/vigie.toml
state=/var/lib/vigie
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
    sync # what says that it is complete comes after all it speaks of
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

configure() { # only where nobody has; $1 is the build
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
      "$base/$1/bin/python" -c "import lgpio" 2>/dev/null; then
      printf '[panel]\npins = "real"\n'
    fi
  } >"$config"
}

install() {
  judge_machine
  before=$(current) ended=0
  new=$(build)
  configure "$new"
  # The build in use judges the new one: it is known to work.
  "$base/${before:-$new}/bin/vigie" update --switch "$new" --patience "$patience" --settle "$settle" || ended=$?
  ! running || [ "$(current)" = "$before" ] || greeting || true
  exit "$ended"
}

greeting() { # what the pages said when they started: where they are, and the code of the first set-up
  journalctl --quiet --output=cat "_SYSTEMD_INVOCATION_ID=$(systemctl show --property=InvocationID --value vigie-web)"
}

uninstall() {
  [ "$(id -u)" = 0 ] || stop "this needs root: sudo $0"
  if running && /usr/local/bin/vigie status --json 2>/dev/null | grep -q '"state": "isolated"'; then
    stop "the practice is isolated, and nothing would hold or end that any more: vigie reconnect --why … first."
  fi
  ! running || systemctl stop vigie.target 'vigie-*' 2>/dev/null || true
  # A technician's own drop-ins stay.
  find /etc /usr/local/bin -xdev \( -lname "$base/current/*" -o -lname "$base/former/*" \) -delete
  rmdir /etc/systemd/system/vigie-*.service.d 2>/dev/null || true
  rm -rf "$base" /run/vigie /var/lib/systemd/timers/stamp-vigie-lists.timer \
    /var/lib/systemd/timers/stamp-vigie-backup.timer
  if running; then
    systemctl daemon-reload
    systemctl reset-failed 'vigie-*' 2>/dev/null || true
  fi
}

purge() {
  rm -rf /etc/vigie "$state" /var/lib/vigie-panel /var/lib/vigie-settings /var/lib/vigie-backup
  for user in vigie-panel vigie-sensor vigie-web vigie-outputs vigie-switch vigie-probe; do
    ! getent passwd "$user" >/dev/null || userdel "$user"
  done
  ! getent group vigie >/dev/null || groupdel vigie
}

case "${1:-}" in
  "") install ;;
  --build) judge_machine && build ;;
  --uninstall)
    uninstall
    if [ "${2:-}" = --purge ]; then purge; say "removed, with all data."; else say "removed; configuration and data stay."; fi
    ;;
  --purge) uninstall && purge && say "removed, with all data." ;;
  *) stop "what it can be told: nothing, --build, --uninstall, or --purge" ;;
esac
