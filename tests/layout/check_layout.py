"""Checks the rules of the tree that no compiler checks.

usage: check_layout.py <top of the repository>

Prints one line per violation, `path:line: rule: what`, and exits 1 if there is any.
"""

import os
import re
import subprocess
import sys

# Who may include whom. A layer always sees itself; nothing is listed that includes tests or bench.
LAYERS = {
    "core/base": [],
    "core/money": ["core/base"],
    "core/model": ["core/base", "core/money"],
    "core/ledger": ["core/base", "core/money"],
    "core/rules": ["core/base", "core/money", "core/model", "core/ledger"],
    "core/json": ["core"],
    "native/http": ["core/base"],
    "native/wire": ["core"],
    "native/store": ["core", "native/wire"],
    "native/service": ["core", "native/wire", "native/store", "native/lint"],
    "native/api": ["core", "native/wire", "native/store", "native/service", "native/http"],
    "native/serve": ["core", "native/wire", "native/store", "native/service", "native/http",
                     "native/api"],
    "native": ["core"],
    "wasm": ["core"],
    "tests": ["core", "native", "wasm", "bench"],
    "bench": ["core", "native", "tests"],
}

# The folders of web/src, in the order in which they may import: each only from those before it.
WEB_LAYERS = ["documents", "core", "text", "client", "checkout", "rewards", "mock", "loader", "jsx"]
# What every screen of the console works with.
CONSOLE_TOOLS = ["api", "kit", "draft"]
WEB_IMPORT = re.compile(r"""\b(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]""")

# Clocks, chance, input, output, threads, locales and floating point: nothing that a pure function needs.
CORE_HEADERS_REFUSED = {
    "chrono", "random", "iostream", "istream", "ostream", "fstream", "sstream", "iomanip", "thread",
    "mutex", "atomic", "future", "condition_variable", "filesystem", "locale", "regex", "complex",
    "cstdio", "stdio.h", "ctime", "time.h", "cmath", "math.h", "cfloat", "float.h", "clocale",
}
CORE_WORDS_REFUSED = ["float", "double"]
CORE_FILE_LINES_MAX = 600

# Written in two halves so that this file passes its own check.
WORDS_REFUSED = ["TO" + "DO", "FIX" + "ME", "HA" + "CK"]
TEST_WORDS_REFUSED = ["GTEST_" + "SKIP", "DIS" + "ABLED_"]

SOURCE_ENDINGS = (".h", ".cpp")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
COMMENT_OR_TEXT = re.compile(
    r"""//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<!\w)'(?:\\.|[^'\\\n])+'""", re.DOTALL)


def tracked_files(top):
    """Every file that is, or is about to be, part of the repository; relative paths, sorted."""
    listing = subprocess.run(
        ["git", "-C", top, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True, check=False)
    if listing.returncode == 0:
        names = listing.stdout.decode().split("\0")
        return sorted({name for name in names if name and os.path.isfile(os.path.join(top, name))})
    found = []  # an unpacked archive has no index
    for folder, folders, names in os.walk(top):
        folders[:] = [name for name in folders if name not in ("build", "node_modules", ".git")]
        found += [os.path.relpath(os.path.join(folder, name), top) for name in names]
    return sorted(found)


def read_texts(top):
    """The text files of the tree by path; what is not UTF-8 is not text (fuzz seeds, images)."""
    texts = {}
    for path in tracked_files(top):
        try:
            with open(os.path.join(top, path), encoding="utf-8", newline="") as file:
                texts[path] = file.read()
        except UnicodeDecodeError:
            continue
    return texts


def code_only(text):
    """The text with comments and literals blanked out; line numbers stay."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group())
    # An include names its file in quotes and must survive.
    includes = [INCLUDE.match(line) for line in text.split("\n")]
    blanked = COMMENT_OR_TEXT.sub(blank, text).split("\n")
    return "\n".join(kept.group() if kept else rest for kept, rest in zip(includes, blanked))


def is_under(path, folder):
    return path.startswith(folder + "/")


def layer_of(path):
    return next((layer for layer in LAYERS if is_under(path, layer)), None)


def matches_by_line(pattern, text):
    for number, line in enumerate(text.split("\n"), 1):
        match = re.search(pattern, line)
        if match:
            yield number, match.group()


def check_includes(path, text, texts):
    layer = layer_of(path)
    for number, line in enumerate(code_only(text).split("\n"), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        quote, name = match.groups()
        top_folder = name.split("/")[0]
        if "nlohmann" in name and is_under(path, "core"):
            yield number, "core-json-library", f"{name} has no place in core"
        if quote == "<":
            if top_folder in ("core", "native", "wasm", "tests", "bench"):
                yield number, "include-root", f'<{name}> should be "{name}"'
            if is_under(path, "core") and name in CORE_HEADERS_REFUSED:
                yield number, "core-header", f"<{name}> is not for the core"
            continue
        if name not in texts:
            yield number, "include-root", f'"{name}" is not a path from the top of the repository'
            continue
        if layer is None:
            yield number, "layer", f"{path} lies in no layer"
        elif not is_under(name, layer) and not any(is_under(name, seen) for seen in LAYERS[layer]):
            yield number, "layer", f"{layer} must not include {name}"


def check_core_words(path, text, _texts):
    if not is_under(path, "core"):
        return
    for number, word in matches_by_line(rf"\b({'|'.join(CORE_WORDS_REFUSED)})\b", code_only(text)):
        yield number, "core-word", f"{word} in the core"
    for number, word in matches_by_line("nlohmann", code_only(text)):
        if not INCLUDE.match(text.split("\n")[number - 1]):
            yield number, "core-json-library", f"{word} has no place in core"


def check_core_length(path, text, _texts):
    lines = text.count("\n")
    if is_under(path, "core") and lines > CORE_FILE_LINES_MAX:
        yield lines, "core-length", f"{lines} lines, more than {CORE_FILE_LINES_MAX}"


def check_source_is_built(path, _text, texts):
    """A .cpp that no CMakeLists.txt at or above it names is never compiled."""
    if not path.endswith(".cpp"):
        return
    folder = os.path.dirname(path)
    while True:
        listing = re.sub(r"#[^\n]*", "", texts.get(os.path.join(folder, "CMakeLists.txt"), ""))
        name = os.path.relpath(path, folder or ".")
        if re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w.-])", listing):
            return
        if not folder:
            break
        folder = os.path.dirname(folder)
    yield 1, "not-built", "no CMakeLists.txt lists this file"


def check_web_imports(path, text, _texts):
    """Pages' sources: layers of web/src point one way, and no source knows the demo or the tests."""
    if not is_under(path, "web/src") or not path.endswith(".ts"):
        return
    own = path.split("/")[2]
    for number, line in enumerate(text.split("\n"), 1):
        for match in WEB_IMPORT.finditer(line):
            target = os.path.normpath(os.path.join(os.path.dirname(path), match.group(1)))
            layer = target.split("/")[2] if is_under(target, "web/src") else None
            if layer is None:
                yield number, "web-layer", f"{match.group(1)} lies outside web/src"
            elif own in WEB_LAYERS and layer in WEB_LAYERS and \
                    WEB_LAYERS.index(layer) > WEB_LAYERS.index(own):
                yield number, "web-layer", f"{own} must not import {layer}"


def check_console_imports(path, text, _texts):
    """The console: tools know nothing of what uses them, and a screen knows no other screen."""
    if not is_under(path, "web/console/src") or not path.endswith(".ts"):
        return
    own = path.split("/")[3:]
    for number, line in enumerate(text.split("\n"), 1):
        for match in WEB_IMPORT.finditer(line):
            target = os.path.normpath(os.path.join(os.path.dirname(path), match.group(1)))
            if not is_under(target, "web/console/src"):
                continue
            to = target.split("/")[3:]
            if own[0] in CONSOLE_TOOLS and to[0] not in CONSOLE_TOOLS:
                yield number, "console-layer", f"{own[0]} must not import {to[0]}"
            elif own[0] == "screens" and to[0] == "screens" and len(own) > 2 and to[1] != own[1]:
                yield number, "console-layer", f"{own[1]} must not import {to[1]}"


def check_words(path, text, _texts):
    for number, word in matches_by_line(rf"\b({'|'.join(WORDS_REFUSED)})\b", text):
        yield number, "word", f"{word}: finish it, or open an entry in the tracker"
    if is_under(path, "tests") and path.endswith(SOURCE_ENDINGS):
        for number, word in matches_by_line("|".join(TEST_WORDS_REFUSED), text):
            yield number, "word", f"{word}: a test that does not run proves nothing"


def check_cmake(path, text, _texts):
    if os.path.basename(path) == "CMakeLists.txt":
        for number, word in matches_by_line(r"\bfile\s*\(\s*GLOB\w*", text):
            yield number, "glob", f"{word}: sources are listed one by one"


SOURCE_CHECKS = [check_includes, check_core_words, check_core_length, check_source_is_built]
TEXT_CHECKS = [check_words, check_cmake, check_web_imports, check_console_imports]


def violations(top):
    """All violations below `top` as (path, line, rule, what)."""
    texts = read_texts(top)
    found = []
    for path, text in texts.items():
        checks = TEXT_CHECKS + (SOURCE_CHECKS if path.endswith(SOURCE_ENDINGS) else [])
        for check in checks:
            found += [(path, *violation) for violation in check(path, text, texts)]
    return found


def main():
    top = sys.argv[1]
    if not any(is_under(path, "core") for path in tracked_files(top)):
        sys.exit(f"{top} holds no core: nothing was checked")
    found = violations(top)
    for path, line, rule, what in found:
        print(f"{path}:{line}: {rule}: {what}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
