#!/bin/sh
# What every Debian terminal has beneath: as root, while the image is built. Takes the names of further packages.
set -eu
export DEBIAN_FRONTEND=noninteractive

# Slim images leave manual pages and translations out. A workspace is for people: both come with whatever is installed
# from here on. Other documentation stays out where the base image says so.
if [ -d /etc/dpkg/dpkg.cfg.d ]; then
    printf 'path-include /usr/share/man/*\npath-include /usr/share/locale/*\n' > /etc/dpkg/dpkg.cfg.d/zz-pet
fi
# Package lists are kept, compressed, so that `apt search` finds what may be asked for; archives are not.
cat > /etc/apt/apt.conf.d/80pet <<'CONF'
Acquire::GzipIndexes "true";
Acquire::CompressionTypes::Order:: "gz";
Acquire::Languages "none";
APT::Install-Recommends "false";
APT::Keep-Downloaded-Packages "false";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
CONF
if [ -s /tmp/pet/ca.crt ]; then
    mkdir -p /usr/local/share/ca-certificates
    cp /tmp/pet/ca.crt /usr/local/share/ca-certificates/pet.crt
    # Until ca-certificates is there.
    printf 'Acquire::https::CAInfo "/usr/local/share/ca-certificates/pet.crt";\n' > /etc/apt/apt.conf.d/81pet-ca
fi
# Rebuilding the manual's index at every installation takes longer than the installation.
echo 'man-db man-db/auto-update boolean false' | debconf-set-selections

# An empty list of a base image would still be taken for a fresh one.
rm -rf /var/lib/apt/lists/*
apt-get -q update
apt-get -q install -y tini libnss-extrausers ca-certificates locales tzdata man-db ncurses-term "$@"
rm -f /etc/apt/apt.conf.d/81pet-ca

# The base image's own programs had their pages left out.
if [ ! -e /usr/share/man/man1/ls.1.gz ]; then
    apt-get -q install -y --reinstall bash coreutils findutils grep gzip sed tar util-linux
fi
mandb -cq || :

# A name for any uid: see entry.
if grep -q '^passwd:' /etc/nsswitch.conf; then
    sed -i -E '/^(passwd|group|shadow):/ { /extrausers/! s/$/ extrausers/ }' /etc/nsswitch.conf
else
    printf 'passwd: files extrausers\ngroup: files extrausers\nshadow: files extrausers\n' >> /etc/nsswitch.conf
fi
rm -rf /var/lib/extrausers
ln -s /run/extrausers /var/lib/extrausers

rm -rf /var/cache/apt/*.bin /var/cache/apt/archives/*.deb /var/cache/debconf/*-old /var/log/apt /var/log/dpkg.log /var/log/alternatives.log
