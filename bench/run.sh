#!/usr/bin/env bash
# Runs all benchmarks and writes bench/results/<machine>.md: command, compiler, machine, commit, figures.
set -euo pipefail
cd "$(dirname "$0")/.."
[[ -z $(git status --porcelain) ]] || echo "note: the tree has uncommitted changes" >&2
machine=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)
name=$(tr -cs 'A-Za-z0-9\n' '-' <<<"$machine" | sed 's/-*$//' | tr '[:upper:]' '[:lower:]')
mkdir -p bench/results
out=bench/results/$name.md
{
  echo "# Benchmarks on $machine"
  echo
  echo "| | |"
  echo "|---|---|"
  echo "| commit | $(git rev-parse --short HEAD) |"
  echo "| date | $(date -u +%Y-%m-%d) |"
  echo "| compiler | $(g++ --version | head -n 1), -O3 |"
  echo "| processors | $(nproc), load $(cut -d' ' -f1 /proc/loadavg) at the start |"
  echo "| command | \`bench/run.sh\` |"
  echo
  echo "CPU times; the median of five repetitions. Checks are on. \`allocations\` are per iteration."
  echo
  echo '```'
  build/release/bench/programs/loyalty_bench --benchmark_repetitions=5 \
    --benchmark_report_aggregates_only=true --benchmark_enable_random_interleaving=true \
    --benchmark_min_time=0.2 --benchmark_format=csv 2>/dev/null |
    python3 -c '
import csv, sys
rows = csv.DictReader(line for line in sys.stdin if line.count(",") > 5)
print("%-28s %12s %12s %14s" % ("benchmark", "median", "spread", "allocations"))
spread = {}
found = []
for row in rows:
    name = row["name"].strip("\"")
    if name.endswith("_median"):
        found.append((name[:-7], float(row["cpu_time"]), row["time_unit"], row.get("allocations", "")))
    if name.endswith("_stddev"):
        spread[name[:-7]] = float(row["cpu_time"])
for name, time, unit, allocations in sorted(found):
    print("%-28s %9.4g %s %9.2g %s %14s" % (name, time, unit, spread.get(name, 0), unit, "%g" % float(allocations) if allocations else "-"))
'
  echo '```'
  echo
  echo "Instructions per quote, counted by callgrind (\`bench/instructions.sh\`):"
  echo
  echo '```'
  bench/instructions.sh
  echo '```'
} >"$out"
cat "$out"
