#!/bin/sh
# What dhclient runs on news of a lease: sets the card's address and route, and nothing else.
# (Debian's own script would rewrite this machine's /etc/resolv.conf.)
set -eu
case "$reason" in
PREINIT) ip link set "$interface" up ;;
BOUND | RENEW | REBIND | REBOOT)
  ip address replace "$new_ip_address/$new_subnet_mask" dev "$interface"
  if [ -n "${new_routers:-}" ]; then
    ip route replace default via "${new_routers%% *}" dev "$interface"
  fi
  echo "$new_ip_address" >"$LEASED"
  ;;
EXPIRE | FAIL | RELEASE | STOP) ip address flush dev "$interface" scope global ;;
esac
