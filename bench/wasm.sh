#!/usr/bin/env bash
# The core's benchmarks as Wasm in Node beside the native ones; prints a Markdown table.
#   bench/wasm.sh [--quick]
# Many short rounds of both in turns, the least time of each counts: what else the machine does then
# hardly shows. Node compiles the module with its optimising compiler at once, so that no figure depends on
# how soon it would have come to that.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=15 seconds=0.02
[[ ${1:-} != --quick ]] || rounds=4 seconds=0.01
target=1.6
# Catalogs of up to 10,000 promotions; a page never holds more.
filter='^(Quote_(Small|Typical|Large)|Quote_(Lines|Discounts)/[0-9]+|Quote_Promotions/(10|1000|10000)|Quote_Codes/(10|10000)|Prepare_Typical|Explain_Typical|Optimize_BestOf20|Door_Typical|Door_TypicalWithDigest|Door_Large)$'
native=${LOYALTY_NATIVE_BENCH:-build/release/bench/programs/loyalty_bench}
wasm=build/wasm-bench/bench/programs/loyalty_bench.js

{
  bench/fetch_benchmark.sh
  [[ -n ${LOYALTY_NATIVE_BENCH:-} ]] || { cmake --preset release --log-level=WARNING && cmake --build --preset release --target loyalty_bench; }
  cmake --preset wasm-bench --log-level=WARNING && cmake --build --preset wasm-bench --target loyalty_bench
} >&2

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
arguments=(--benchmark_filter="$filter" --benchmark_min_time="$seconds" --benchmark_format=json)
load=$(cut -d' ' -f1 /proc/loadavg)
for ((round = 0; round < rounds; ++round)); do
  "$native" "${arguments[@]}" >"$results/native-$round.json" 2>/dev/null
  node --no-liftoff "$wasm" "${arguments[@]}" >"$results/wasm-$round.json" 2>/dev/null
done

cat <<TEXT
| | |
|---|---|
| commit | $(git rev-parse --short HEAD)$([[ -z $(git status --porcelain) ]] || echo ' and uncommitted changes') |
| machine | $(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1), $(nproc) processors, load $load at the start |
| compilers | $(g++ --version | head -n 1), -O3; em++ $(em++ --version | grep -om 1 '[0-9]\+\.[0-9.]*[0-9]'), -O3 -flto; Node $(node --version) --no-liftoff |
| command | \`bench/wasm.sh\`: the least of $rounds rounds of $seconds s |

TEXT
python3 - "$results" "$target" <<'PYTHON'
import glob, json, sys

folder, target = sys.argv[1], float(sys.argv[2])
NANOSECONDS = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}


def least(kind):
    times = {}
    for path in glob.glob(f"{folder}/{kind}-*.json"):
        with open(path, encoding="utf-8") as file:
            for row in json.load(file)["benchmarks"]:
                if row.get("run_type") == "iteration" and not row.get("error_occurred"):
                    time = row["real_time"] * NANOSECONDS[row["time_unit"]]
                    times[row["name"]] = min(time, times.get(row["name"], time))
    return times


def text(time):
    return f"{time:.0f} ns" if time < 1e4 else f"{time / 1e3:.1f} µs"


native, wasm = least("native"), least("wasm")
print(f"| benchmark | native | Wasm in Node | ratio (target {target}) |")
print("|---|---|---|---|")
for name in native:
    if name in wasm:
        ratio = wasm[name] / native[name]
        print(f"| {name} | {text(native[name])} | {text(wasm[name])} | {ratio:.2f}{'' if ratio <= target else ' missed'} |")
PYTHON
