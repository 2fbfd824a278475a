#!/bin/sh
# The locale that /tmp/pet/locale.txt asks for, if it is not one that is always there.
set -eu
while read -r locale; do
    case $locale in
        '' | C | POSIX | C.* | POSIX.*) continue ;;
    esac
    # Written as the C library lists it: en_GB.UTF-8, ca_ES.UTF-8@valencia.
    wanted=$(printf '%s\n' "$locale" | sed -E 's/\.[uU][tT][fF]-?8/.UTF-8/')
    if line=$(grep -F -x -e "$wanted UTF-8" /usr/share/i18n/SUPPORTED); then
        printf '%s\n' "$line" >> /etc/locale.gen
        locale-gen
    else
        echo "pet: Debian knows no locale “$locale”; C.UTF-8 serves" >&2
    fi
done < /tmp/pet/locale.txt
