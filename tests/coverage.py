"""Prints how much of core/ the tests reached, by layer, and fails below a threshold.

usage: coverage.py <build folder> <least per cent of branches>

A branch has two sides, and each must be taken at least once, by any instantiation of a template and
at every place where a macro stands. The sides that end in a failed LOYALTY_CHECK are left out: they
are unreachable by intent, and a process that trapped writes no profile. Every side that was never
taken is listed in <build folder>/uncovered.txt, and llvm-cov's own report is in report.txt beside it.
"""

import glob
import json
import os
import subprocess
import sys
from collections import defaultdict

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CORE = os.path.join(TOP, "core")
CHECK = "LOYALTY_CHECK"
EXPANSION = 1  # the kind of a region that stands for a macro


def instrumented_programs(build):
    """Every executable of the tree: the tests and the command line that they start."""
    found = []
    for part in ("native", "tests"):
        for folder, _, names in os.walk(os.path.join(build, part)):
            for path in (os.path.join(folder, name) for name in names):
                with open(path, "rb") as file:
                    if os.access(path, os.X_OK) and file.read(4) == b"\x7fELF":
                        found.append(path)
    return sorted(found)


def llvm_cov(command, programs, profile, *options):
    others = [argument for program in programs[1:] for argument in ("-object", program)]
    return subprocess.run(
        ["llvm-cov-14", command, programs[0], *others, f"-instr-profile={profile}", *options, CORE],
        check=True, stdout=subprocess.PIPE).stdout.decode()


def check_ranges(path, cache={}):
    """The stretches of a file inside LOYALTY_CHECK(...), as pairs of (line, column)."""
    if path not in cache:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        cache[path] = []
        start = text.find(CHECK + "(")
        while start >= 0:
            depth, end = 0, start + len(CHECK)
            while True:
                depth += {"(": 1, ")": -1}.get(text[end], 0)
                end += 1
                if depth == 0:
                    break
            cache[path].append((position(text, start), position(text, end)))
            start = text.find(CHECK + "(", end)
    return cache[path]


def position(text, offset):
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def is_in_check(path, place):
    return any(start <= place < end for start, end in check_ranges(path))


def sides_of(function):
    """Yields ((file, place), side, times taken) for each side of each branch of a function."""
    files = function["filenames"]
    site = {}  # of a macro's text: where the macro stands
    for line, column, _, _, _, parent, child, kind in function["regions"]:
        if kind == EXPANSION:
            site[child] = (parent, line, column)
    for line, column, _, _, times_true, times_false, file, _, _ in function["branches"]:
        place = [(line, column)]
        while file in site:
            file, line, column = site[file]
            place.append((line, column))
        if not is_in_check(files[file], place[-1]):
            key = (files[file], tuple(reversed(place)))
            yield key, "true", times_true
            yield key, "false", times_false


def main():
    build, least = os.path.abspath(sys.argv[1]), float(sys.argv[2])
    profile = os.path.join(build, "merged.profdata")
    programs = instrumented_programs(build)
    raw = glob.glob(os.path.join(build, "profiles", "*.profraw"))
    if not programs or not raw:
        sys.exit("no test has run in this build folder")
    subprocess.run(["llvm-profdata-14", "merge", "-sparse", "-o", profile, *raw], check=True)
    with open(os.path.join(build, "report.txt"), "w", encoding="utf-8") as file:
        file.write(llvm_cov("report", programs, profile, "-show-branch-summary"))
    data = json.loads(llvm_cov("export", programs, profile, "-format=text"))["data"][0]

    taken = defaultdict(int)
    for function in data["functions"]:
        if function["filenames"][0].startswith(CORE + "/"):
            for key, side, times in sides_of(function):
                taken[key, side] += times

    branches = defaultdict(lambda: [0, 0])  # of a layer: taken, all
    lines = defaultdict(lambda: [0, 0])
    missing = []
    for ((path, place), side), times in sorted(taken.items()):
        name = os.path.relpath(path, TOP)
        for group in (os.path.dirname(name), "core"):
            branches[group][0] += times > 0
            branches[group][1] += 1
        if times == 0:
            missing.append(f"{name}:{place[0][0]}:{place[0][1]}: never {side}\n")
    for entry in data["files"]:
        name = os.path.relpath(entry["filename"], TOP)
        for group in (os.path.dirname(name), "core"):
            lines[group][0] += entry["summary"]["lines"]["covered"]
            lines[group][1] += entry["summary"]["lines"]["count"]
    with open(os.path.join(build, "uncovered.txt"), "w", encoding="utf-8") as file:
        file.writelines(missing)

    print(f"{'coverage':14}{'branches':>16}{'lines':>24}")
    for group in sorted(lines, key=lambda name: (name == "core", name)):
        print(f"{group:14}{row(branches[group])}{row(lines[group])}")
    covered, total = branches["core"]
    per_cent = 100 * covered / max(total, 1)
    if total == 0 or per_cent < least:
        worst = defaultdict(int)
        for line in missing:
            worst[line.split(":")[0]] += 1
        for name in sorted(worst, key=worst.get, reverse=True)[:10]:
            print(f"{worst[name]:6} sides never taken in {name}")
        sys.exit(f"{per_cent:.1f} % of the branches of core/, less than {least:g} %; "
                 f"see {os.path.relpath(build, TOP)}/uncovered.txt")
    print(f"{per_cent:.1f} % of core's branches")


def row(counts):
    covered, total = counts
    return f"{covered:>9} of {total:<6}" + (f"{100 * covered / total:5.1f} %" if total else "      -")


if __name__ == "__main__":
    main()
