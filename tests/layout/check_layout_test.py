"""Shows that every rule of check_layout.py can fail: each row spoils a clean little tree once."""

import os
import sys
import tempfile

from check_layout import TEST_WORDS_REFUSED, WORDS_REFUSED, violations

CLEAN = {
    "core/CMakeLists.txt": "add_library(core money/money.cpp)\n",
    "core/base/limits.h": "/// Not a double, no float.\n#include <cstdint>  // no float\n",
    "core/money/money.h": '#include "core/base/limits.h"\nconst char* quote = "double";\n',
    "core/money/money.cpp": '#include "core/money/money.h"\n/* a float\n a double */ char c = \'"\';\n',
    "core/json/reader.h": '#include "core/money/money.h"\n',
    "native/CMakeLists.txt": "add_executable(native main.cpp)\n",
    "native/main.cpp": '#include "core/json/reader.h"\n#include <cstdio>\ndouble seconds;\n',
    "tests/CMakeLists.txt": "add_executable(money money/money_test.cpp)\n",
    "tests/money/money_test.cpp": '#include "core/money/money.h"\n#include <nlohmann/json.hpp>\n',
    "web/src/text/money.ts": "import type { Cart } from '../documents/index.js';\n",
    "web/src/index.ts": "export * from './checkout/index.js';\n",
    "README.md": "A tree without blemish.\n",
}

# What is added or replaced, and the one rule that must notice.
SPOILED = [
    ("layer", "core/base/up.h", '#include "core/money/money.h"\n'),
    ("layer", "core/money/up.h", '#include "core/json/reader.h"\n'),
    ("layer", "core/ledger/side.h", '  #  include "core/json/reader.h"\n'),
    ("layer", "core/rules/json.h", '#include "core/json/reader.h"\n'),
    ("layer", "core/json/out.h", '#include "native/main.cpp"\n'),
    ("layer", "core/json/test.h", '#include "tests/money/money_test.cpp"\n'),
    ("layer", "native/test.h", '#include "tests/money/money_test.cpp"\n'),
    ("layer", "core/new/new.h", '#include "core/base/limits.h"\n'),
    ("web-layer", "web/src/core/up.ts", "import { Panel } from '../checkout/panel.js';\n"),
    ("web-layer", "web/src/text/late.ts", "const panel = await import('../checkout/panel.js');\n"),
    ("web-layer", "web/src/mock/demo.ts", "import { shop } from '../../demo/src/shop.js';\n"),
    ("console-layer", "web/console/src/kit/up.ts", "import { Screen } from '../app/screen.js';\n"),
    ("console-layer", "web/console/src/screens/tiers/near.ts", "import '../members/screen.js';\n"),
    ("include-root", "core/money/near.h", '#include "money.h"\n'),
    ("include-root", "core/money/climb.h", '#include "../base/limits.h"\n'),
    ("include-root", "core/money/angle.h", "#include <core/base/limits.h>\n"),
    ("include-root", "core/money/gone.h", '#include "core/base/gone.h"\n'),
    ("core-header", "core/base/clock.h", "#include <chrono>\n"),
    ("core-header", "core/rules/out.h", "#include <iostream> // for now\n"),
    ("core-header", "core/json/out.h", "#include <cstdio>\n"),
    ("core-word", "core/base/real.h", "using Real = float;\n"),
    ("core-word", "core/base/real.h", 'const char* a = "\\""; double b; const char* c = "";\n'),
    ("core-word", "core/base/real.h", "int big = 1'000'000; double small; int also = 2'000;\n"),
    ("core-json-library", "core/json/lib.h", "#include <nlohmann/json.hpp>\n"),
    ("core-json-library", "core/json/lib.h", "nlohmann::json value();\n"),
    ("core-length", "core/base/long.h", "\n" * 601),
    ("not-built", "core/money/lost.cpp", ""),
    ("not-built", "core/base/money.cpp", ""),
    ("not-built", "native/lost.cpp", ""),
    ("not-built", "tests/lost_test.cpp", ""),
    ("not-built", "native/CMakeLists.txt", "# add_executable(native main.cpp)\n"),
    ("glob", "core/base/CMakeLists.txt", "file(GLOB sources *.cpp)\n"),
    ("word", "tests/money/off_test.h", f"TEST(Money, {TEST_WORDS_REFUSED[1]}Adds)\n"),
    ("word", "tests/money/skip_test.h", f"{TEST_WORDS_REFUSED[0]}();\n"),
] + [("word", "README.md", f"{word} later\n") for word in WORDS_REFUSED]


def rules_broken(files):
    with tempfile.TemporaryDirectory() as top:
        for path, text in files.items():
            os.makedirs(os.path.dirname(os.path.join(top, path)) or top, exist_ok=True)
            with open(os.path.join(top, path), "w", encoding="utf-8") as file:
                file.write(text)
        return sorted({rule for _, _, rule, _ in violations(top)})


def main():
    failures = []
    if rules_broken(CLEAN):
        failures.append(f"the clean tree breaks {rules_broken(CLEAN)}")
    for rule, path, text in SPOILED:
        broken = rules_broken({**CLEAN, path: text})
        if broken != [rule]:
            failures.append(f"{path} with {text!r} should break {rule}, breaks {broken}")
    print("\n".join(failures) or f"{len(SPOILED)} spoiled trees noticed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
