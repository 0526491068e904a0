"""Every rule that a comment or a page cites is defined in core/RULES.md.

usage: check_citations.py <top of the tree>
"""

import pathlib
import re
import sys

RULE = re.compile(r"\b(?:Q\d+[a-c]?|[UZKL]\d+|I-\d+)\b")
PLACES = ("core", "native", "tests", "bench")


def cited_in(path):
    """The rules that a file cites: sources in comments, pages anywhere."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if path.suffix in (".h", ".cpp"):
            line = line.partition("//")[2]
        for rule in RULE.findall(line):
            yield rule, number


def undefined(defined, files):
    for path in files:
        for rule, number in cited_in(path):
            if rule not in defined:
                yield f"{path}:{number}: {rule} is not in core/RULES.md"


def main():
    top = pathlib.Path(sys.argv[1])
    rules = top / "core" / "RULES.md"
    defined = set(RULE.findall(rules.read_text(encoding="utf-8")))
    files = sorted(
        path
        for place in PLACES
        for path in (top / place).rglob("*")
        if path.suffix in (".h", ".cpp", ".md") and path != rules
    )
    found = list(undefined(defined, files))
    if not list(undefined(set(), files)):
        found.append("no file cites a rule: this check reads nothing")
    print("\n".join(found))
    sys.exit(bool(found))


main()
