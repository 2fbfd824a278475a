#!/bin/sh
# The packages that a person asked for, a name a line in /tmp/pet/packages.txt.
set -eu
export DEBIAN_FRONTEND=noninteractive
[ -s /tmp/pet/packages.txt ] || exit 0
apt-get -q update
xargs -r -a /tmp/pet/packages.txt apt-get -q install -y --
rm -rf /var/cache/apt/*.bin /var/cache/apt/archives/*.deb /var/log/apt /var/log/dpkg.log /var/log/alternatives.log
