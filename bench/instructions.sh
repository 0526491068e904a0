#!/usr/bin/env bash
# Instructions per quote, counted by callgrind: repeatable on any machine.
set -euo pipefail
cd "$(dirname "$0")/.."
program=build/release/bench/quote_times
count() {
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" "$1" "$2" 2>&1 >/dev/null |
    sed -n 's/.*Collected *: *\([0-9]*\).*/\1/p'
}
for name in small typical large best; do
  few=$(count "$name" 100)
  many=$(count "$name" 1100)
  echo "$name: $(((many - few) / 1000)) instructions a quote"
done
