#!/bin/sh
# Start-up beside bare Python, in one run. Usage: bench-startup.sh FOLDER_OF_PYTHON
set -eu
bin=$1
book=$(mktemp -d)
trap 'rm -rf "$book"' EXIT
command -v hyperfine >/dev/null || { echo "hyperfine is needed: apt-get install hyperfine" >&2; exit 1; }
"$bin/leadctl" init "$book/b" --example >/dev/null 2>&1
sleep 1
export LEADCTL_BOOK="$book/b" LEADCTL_TODAY=2026-11-22
hyperfine --shell=none --warmup 5 --runs 60 \
    "$bin/python -c pass" \
    "$bin/leadctl --version" \
    "$bin/leadctl prospects --format json" \
    "$bin/leadctl prospects" \
    "$bin/leadctl show danielle-okafor"
