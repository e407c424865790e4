#!/bin/sh
# The main job on the example book of an estate agent: who is to be contacted today, and then?
# Usage: demo.sh LEADCTL FOLDER DAY
set -eu
leadctl=$1
export LEADCTL_BOOK=$2 LEADCTL_TODAY=$3

run() {
    printf '\n$ leadctl'
    for word in "$@"; do
        case $word in
        *[!A-Za-z0-9_./:=+-]*) printf " '%s'" "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    "$leadctl" "$@"
}

"$leadctl" init "$LEADCTL_BOOK" --example
run prospects --limit 5
run prospects --explain danielle-okafor
run touch danielle-okafor --status Engage -m 'wants two bedrooms near a school'
run set-status Inactive --where 'status:Future since:..2025-06' -m 'no answer for a year' --yes
run pipeline --limit 2
run report status
run history --limit 3
echo
echo "The book of this demo is in $LEADCTL_BOOK. Have a look: it is plain text."
