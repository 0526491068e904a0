#!/usr/bin/env bash
# Puts the sources of the distribution's Google Benchmark into build/benchmark-source, from the package
# archives that this machine uses: the library that it installs is native, and Wasm needs it from source.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$PWD/build/benchmark-source
[[ ! -e $folder/source/CMakeLists.txt ]] || exit 0
command -v apt-get >/dev/null || {
  echo "bench/fetch_benchmark.sh needs apt-get; or unpack Google Benchmark into $folder/source" >&2
  exit 1
}

# Its own lists, so that nothing of the machine changes. Only the distribution's own archives have sources.
rm -rf "$folder"
mkdir -p "$folder"/{apt/parts,apt/lists/partial,apt/archives/partial,download,source}
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
  [[ -e $file ]] || continue
  sed -n "s/^deb \(.* $codename[ -].*main\)/deb-src \1/p" "$file" >>"$folder/apt/parts/machine.list"
done
for file in /etc/apt/sources.list.d/*.sources; do
  [[ -e $file ]] && grep -q "^Suites:.*\b$codename\b" "$file" || continue
  sed 's/^Types:.*/Types: deb-src/' "$file" >"$folder/apt/parts/$(basename "$file")"
done
apt=(apt-get -q -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$folder/apt/parts"
  -o Dir::State::lists="$folder/apt/lists" -o Dir::Cache::archives="$folder/apt/archives"
  -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=)
"${apt[@]}" update
(cd "$folder/download" && "${apt[@]}" source --download-only benchmark)
tar -xf "$folder"/download/benchmark_*.orig.tar.* -C "$folder/source" --strip-components=1
echo "Google Benchmark $(sed -n 's/^project *(benchmark VERSION \([0-9.]*\).*/\1/p' "$folder/source/CMakeLists.txt"): $folder/source"
