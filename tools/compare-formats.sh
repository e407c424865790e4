#!/bin/sh
# One import, three formats, the same answers? Imports a CSV of leads and one of calls into a book
# of each format, runs every command that reads, and compares what it prints to the last byte.
# Usage: compare-formats.sh LEADCTL LEADS.csv CALLS.csv FOLDER_OF_MAPPINGS
set -eu
leadctl=$1 leads=$2 calls=$3 mappings=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LEADCTL_TODAY=2026-11-22 XDG_CACHE_HOME="$work/cache" HOME="$work"
formats="yaml csv dir"

for format in $formats; do
    "$leadctl" init "$work/$format" --preset calling --format "$format" >"$work/log" 2>&1
    "$leadctl" -b "$work/$format" import "$leads" --mapping "$mappings/mapping-leads.yaml"
    "$leadctl" -b "$work/$format" import "$calls" --mapping "$mappings/mapping-calls.yaml" 2>>"$work/log"
    "$leadctl" -b "$work/$format" import "$leads" --mapping "$mappings/mapping-leads.yaml"
    "$leadctl" -b "$work/$format" set-status 'Not Qualified' --yes -m 'asleep for years' \
        --where 'status:Contacted touched:2021'
done

failed=0
while read -r words; do
    for format in $formats; do
        # Operation ids are made by chance.
        eval "$leadctl -b $work/$format $words" 2>&1 |
            sed -E 's/(^|[ "])[0-9a-hjkmnp-tv-z]{6}("|$)/\1OP\2/g; s/"(id|at)": "[0-9a-z+:T-]{16,25}"/"\1": "…"/' >"$work/$format.out"
    done
    kinds=$(cd "$work" && sha256sum yaml.out csv.out dir.out | cut -c1-64 | sort -u | wc -l)
    [ "$kinds" = 1 ] && verdict=same || { verdict=DIFFERENT failed=1; }
    printf '%-9s %7s lines  leadctl %s\n' "$verdict" "$(wc -l <"$work/yaml.out")" "$words"
done <<'END'
list
list --json
list --format csv
list --format tsv
list --format jsonl
list --format md
list --format ids
list --sort -due,name --limit 50
list reached:2021 --columns id,name,reached,touches
list stage:Warm -has:touched source:'Cold Call'
pipeline
pipeline --format csv
pipeline Contacted --json
pipeline --as-of 2021-03-01
prospects
prospects --limit 20
prospects --json
prospects --as-of 2021-03-01 --ahead 1w
prospects --new-since 2021-03-01 --limit 20
report status
report status --json
report funnel --by move
report ageing --json
report touches --by owner
report activity --by month --period 2015..2026
report sources --json
report speed --by source
report lost --by from --as-of 2022-01-01
values source
values owner status:Contacted
history --limit 100
history --json
show denson --json
stages list
check statuses ids dates journal
END
exit "$failed"
