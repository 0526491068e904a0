#!/usr/bin/env bash
# usage: tests/digests.sh <loyalty> <loyalty>...
#
# Every build of the command line must answer every scenario with the same bytes. The first one given
# is the reference; a difference is shown and fails.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

commands=(quote optimize)
(($# >= 2)) || { sed -n '2,5s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One request a line. A scenario is a request, or holds one as "request", beside a name and what is
# expected. A catalog given as text names a file beside the scenario or in tests/scenarios/catalogs.
python3 -B - >"$work/requests" <<'PYTHON'
import json, pathlib

TOP = pathlib.Path("tests/scenarios")
FIELDS = ("catalog", "account", "cart", "intent", "now", "resolved")


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


for path in sorted(TOP.rglob("*.json")):
    scenario = read(path)
    request = scenario.get("request", scenario) if isinstance(scenario, dict) else None
    if not isinstance(request, dict) or "cart" not in request:
        continue
    request = {field: request[field] for field in FIELDS if field in request}
    if isinstance(request.get("catalog"), str):
        beside = path.parent / request["catalog"]
        request["catalog"] = read(beside if beside.exists() else TOP / "catalogs" / request["catalog"])
    request["want"] = ["explain", "offers", "nearMisses"]
    print(json.dumps(request, ensure_ascii=False))
PYTHON

scenarios=$(wc -l <"$work/requests")
((scenarios > 0)) || { echo "tests/scenarios holds no request" >&2; exit 1; }

# answers <loyalty>: what it says to every request, and how it ended.
answers() {
  local command status
  for command in "${commands[@]}"; do
    status=0
    "$1" "$command" --jsonl <"$work/requests" || status=$?
    printf '%s ended with %d\n' "$command" "$status"
    ((status < 126)) || { echo "$1 $command crashed" >&2; return 1; }
  done
}

reference=$1
answers "$reference" >"$work/reference"
expected=$(((scenarios + 1) * ${#commands[@]}))
lines=$(wc -l <"$work/reference")
((lines == expected)) || {
  echo "$reference gave $lines lines, not one for each of $scenarios scenarios and command" >&2
  exit 1
}
good=$(grep -c '^{"ok":true' "$work/reference" || true)
((2 * good >= scenarios * ${#commands[@]})) || { echo "$reference refused most scenarios" >&2; exit 1; }

for other in "${@:2}"; do
  answers "$other" >"$work/other"
  cmp -s "$work/reference" "$work/other" || {
    echo "$other differs from $reference:" >&2
    diff "$work/reference" "$work/other" | cut -c 1-400 | head -n 6 >&2
    exit 1
  }
done
sha256sum <"$work/reference" | sed 's/ .*//'
echo "$scenarios scenarios, $# builds, same bytes"
