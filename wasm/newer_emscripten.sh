#!/usr/bin/env bash
# usage: wasm/newer_emscripten.sh
#
# Builds the modules with the Emscripten of Debian's next release and runs the same tests with them: what
# Debian 12's compiler accepts must not depend on its age. Nothing is installed; the packages are unpacked
# under build/, where they stay for the next time. Where they cannot be had the check is skipped, loudly.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

here=bookworm
next=trixie
llvm=19
work=$PWD/build/newer-emscripten
root=$work/root      # packages that the machine can run, and data
foreign=$work/libc   # the next release's C library, for its binaryen alone
tree=$work/wasm

skip() {
  printf 'SKIPPED: the newer Emscripten was not tried: %s\n' "$*"
  exit 0
}

# --- packages ------------------------------------------------------------------------------------

# The mirror that this machine's own sources name.
mirror() {
  apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' 2>/dev/null | head -n 1
}

# An apt of our own, beside the machine's: it knows both releases and installs nothing.
private_apt() {
  apt-get -q -o Dir::State="$work/apt/state" -o Dir::Cache="$work/apt/cache" -o Dir::State::status="$work/apt/status" \
    -o Dir::Etc::sourcelist="$work/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null -o APT::Sandbox::User=root \
    -o Acquire::Languages=none -o Acquire::Retries=2 "$@"
}

fetch() {
  local from suite
  from=$(mirror)
  [[ -n $from ]] || return 1
  mkdir -p "$work"/apt/{state/lists/partial,cache/archives/partial} "$work/debs"
  : >"$work/apt/status"
  for suite in $here $next; do
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $from $suite main"
  done >"$work/apt/sources.list"
  private_apt update || return 1
  (cd "$work/debs" && private_apt download \
    {emscripten,binaryen,libc6,libstdc++6,libgcc-s1}/$next \
    {clang-$llvm,lld-$llvm,llvm-$llvm,libllvm$llvm,libclang-cpp$llvm,libclang-common-$llvm-dev}/$here)
}

# unpack <package> <folder> [tar option...]
unpack() {
  local deb=$1 to=$2
  shift 2
  mkdir -p "$to"
  dpkg-deb --fsys-tarfile "$work"/debs/"$deb"_*.deb | tar -x -C "$to" "$@"
}

# wrap <name> <command...>: a small program in bin/ that starts another one.
wrap() {
  local name=$1
  shift
  printf '#!/bin/sh\nexec %s "$@"\n' "$*" >"$work/bin/$name"
  chmod +x "$work/bin/$name"
}

install_toolchain() {
  local package tool
  rm -rf "$root" "$foreign" "$work/bin" "$work/binaryen"
  mkdir -p "$work/bin" "$work/binaryen/bin"
  # Of the libraries in many variants only those that are linked here.
  unpack emscripten "$root" --exclude='*/wasm64-emscripten/*' --exclude='*-mt*.a' --exclude='*/pic/*' \
    --exclude='*libGL-emu*' --exclude='*/share/doc/*' --exclude='*asan*' --exclude='*wasmfs*'
  unpack binaryen "$root"
  for package in libc6 libstdc++6 libgcc-s1; do unpack "$package" "$foreign"; done
  for package in clang-$llvm lld-$llvm llvm-$llvm libllvm$llvm libclang-cpp$llvm libclang-common-$llvm-dev; do
    unpack "$package" "$root" --exclude='*/share/doc/*' --exclude='*/share/man/*'
  done

  local libraries=$root/usr/lib/x86_64-linux-gnu
  for tool in "$root"/usr/lib/llvm-$llvm/bin/*; do
    wrap "$(basename "$tool")" "env LD_LIBRARY_PATH=$libraries:$root/usr/lib/llvm-$llvm/lib $tool"
  done
  local foreign_libraries=$foreign/usr/lib/x86_64-linux-gnu
  for tool in "$root"/usr/bin/wasm*; do
    wrap "$(basename "$tool")" "$foreign_libraries/ld-linux-x86-64.so.2 --library-path $foreign_libraries:$libraries $tool"
    cp "$work/bin/$(basename "$tool")" "$work/binaryen/bin/"
  done
  # Its tools are ES modules, which find acorn only beside themselves.
  mkdir -p "$root/usr/share/emscripten/node_modules"
  ln -sfn /usr/share/nodejs/acorn "$root/usr/share/emscripten/node_modules/acorn"
  cat >"$work/config.py" <<CONFIG
EMSCRIPTEN_ROOT = '$root/usr/share/emscripten'
LLVM_ROOT = '$work/bin'
BINARYEN_ROOT = '$work/binaryen'
NODE_JS = '$(command -v node)'
CACHE = '$root/usr/share/emscripten/cache'
FROZEN_CACHE = True
CONFIG
}

# --- the check -----------------------------------------------------------------------------------

[[ $(. /etc/os-release && echo "${VERSION_CODENAME:-}") == "$here" ]] || skip "this is not Debian's $here"
[[ $(dpkg --print-architecture) == amd64 ]] || skip "this machine is not amd64"
command -v node >/dev/null || skip "there is no node"

if [[ ! -e $work/ready ]]; then
  fetch >"$work.log" 2>&1 || skip "its packages cannot be fetched from $(mirror); see ${work#"$PWD"/}.log"
  install_toolchain
  touch "$work/ready"
  rm -rf "$work/debs" "$work/apt"
fi

export EM_CONFIG=$work/config.py
emcc=$root/usr/share/emscripten/emcc
"$emcc" --version | head -n 1
cmake -S . -B "$tree" -G Ninja --log-level=WARNING -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_TOOLCHAIN_FILE="$root/usr/share/emscripten/cmake/Modules/Platform/Emscripten.cmake" -DEMSCRIPTEN_ROOT_PATH="$root/usr/share/emscripten"
cmake --build "$tree" -j 2
wasm/sizes.sh "$tree/dist"
LOYALTY_DIST=$tree/dist node --test wasm/tests/
echo "The newer Emscripten's modules pass the same tests."
