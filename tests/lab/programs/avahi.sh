#!/bin/sh
# An avahi-daemon beside others on this machine: ``avahi.sh CONFIGURATION SERVICES``.
# `ip netns exec` has given this process a view of the file system of its own: in it /run is empty,
# and the folder SERVICES is where avahi-daemon looks for what to announce.
set -eu
mount -t tmpfs tmpfs /run
mkdir /run/avahi-daemon
mount --bind "$2" /etc/avahi/services
exec avahi-daemon --no-drop-root --no-chroot --no-rlimits --file "$1"
