#!/usr/bin/env bash
# usage: wasm/sizes.sh <dist>
#
# How large each file is, as it is and compressed as a server sends it.
set -euo pipefail
cd "$1"

row='| %-22s | %9s | %9s |\n'
printf "$row" file bytes 'brotli 11'
printf '|%s|%s:|%s:|\n' ------------------------ ---------- ----------
for file in *.wasm *.mjs; do
  printf "$row" "$file" "$(stat -c %s "$file")" "$(brotli -q 11 -c "$file" | wc -c)"
done
