#include "native/commands/commands.h"

#include "native/cli/command.h"

namespace loyalty::cli {
namespace {

constexpr Flag help_flag{"help", "", "this text", ""};
constexpr Flag colour_flag{"color", "WHEN", "auto (only on a terminal), always or never",
                           "auto always never"};
constexpr Flag catalog_flag{"catalog", "FILE", "rules for requests that do not bring their own",
                            ""};
constexpr Flag json_flag{"json", "", "JSON in place of a table; amounts in minor units", ""};

constexpr Flag answer_flags[] = {
    catalog_flag,
    {"want", "LIST", "more in the answer: explain,offers,nearMisses", "explain offers nearMisses"},
    {"no-digest", "", "leave out the digest (SHA-256 of request and answer)", ""},
    {"jsonl", "", "one request a line, one answer a line", ""},
    {"pretty", "", "indent the answer (as on a terminal)", ""},
    {"compact", "", "do not indent the answer (as in a pipe)", ""},
    colour_flag,
    help_flag,
};
constexpr Flag explain_flags[] = {
    catalog_flag,
    {"best", "", "explain the best combination in place of what was chosen", ""},
    colour_flag,
    help_flag,
};
constexpr Flag table_flags[] = {catalog_flag, json_flag, colour_flag, help_flag};
constexpr Flag ledger_flags[] = {help_flag};
constexpr Flag lint_flags[] = {
    {"json", "", "JSON in place of text", ""},
    {"strict", "", "let warnings fail too", ""},
    {"now", "TIME", "judge windows at this time, 2025-03-01T00:00:00Z (default: the clock)", ""},
    {"codes", "", "list everything that can be found", ""},
    colour_flag,
    help_flag,
};
constexpr Flag replay_flags[] = {
    {"old", "FILE", "the catalog that was (required)", ""},
    {"new", "FILE", "the catalog that shall be (required)", ""},
    {"threads", "N", "how many threads share the work (default: one a processor)", ""},
    json_flag,
    colour_flag,
    help_flag,
};
constexpr Flag data_flag{"data", "DIR", "where everything is kept (default: loyalty-data)", ""};
constexpr Flag serve_flags[] = {
    {"address", "IP", "listen here (default: 127.0.0.1, this machine only)", ""},
    {"port", "N", "listen on this port, 0 for any free one (default: 8080)", ""},
    data_flag,
    {"public-url", "URL", "how clients reach the server (default: as each request says)", ""},
    {"web", "DIR", "serve these pages too (default: web/dist where it exists)", ""},
    {"config", "FILE", "settings as name = value lines, or JSON", ""},
    {"virtual-clock", "TIME", "a clock that stands still until POST /dev/v1/clock moves it", ""},
    {"log", "FILE", "log as JSON lines (default: -, standard error)", ""},
    {"log-level", "LEVEL", "error, warning (default), or info: every request",
     "error warning info"},
    {"rate-limits", "WHEN", "on (default), or off for measurements", "on off"},
    {"trusted-proxies", "LIST", "addresses whose X-Forwarded-For is believed", ""},
    {"loops", "N", "threads for sockets (default: one a processor)", ""},
    {"drain-seconds", "N", "how long requests under way may take at the end (default: 30)", ""},
    {"cache-megabytes", "N", "memory of the store's cache (default: 64)", ""},
    {"allow-data-loss", "WHEN", "on: commits may be lost with the power; for measurements",
     "on off"},
    {"json", "", "say address, site and keys as one line of JSON", ""},
    colour_flag,
    help_flag,
};
constexpr Flag backup_flags[] = {
    data_flag, {"to", "FILE", "the copy, which must not exist (required)", ""}, help_flag};
constexpr Flag audit_flags[] = {data_flag, help_flag};
constexpr Flag completion_flags[] = {help_flag};

constexpr std::string_view request_words =
    "  A request is {catalog, account or null, cart, intent, now, want?}. With --catalog the "
    "catalog\n"
    "  is held once; a request that brings one then is an error. Without FILE, or with -, "
    "standard\n"
    "  input is read.\n";

constexpr std::string_view quote_about =
    "  Answers {\"ok\":true,\"value\":quote} or {\"ok\":false,\"error\":{code,path,message}}, "
    "canonical\n"
    "  JSON: the same request gives the same bytes on every machine, and the digest proves it. A\n"
    "  business \"no\" is never an error but a row in `rejected`, with what would help.\n\n"
    "  A request is {catalog, account or null, cart, intent, now, want?}. With --catalog the "
    "catalog\n"
    "  is held once; a request that brings one then is an error. Without FILE, or with -, "
    "standard\n"
    "  input is read.\n\n"
    "  With --jsonl line n of the output answers line n of the input, whatever is in it: a bad "
    "line,\n"
    "  an empty one too, is answered by its error, and the next one follows. Answers go out "
    "before\n"
    "  the program waits for more input. Lines may be as large as documents (1 MiB, without "
    "--catalog\n"
    "  64 MiB); a longer one is TOO_LARGE and is never held in memory.\n";

constexpr std::string_view optimize_about =
    "  Finds the choice with the smallest total among what is chosen, every owned coupon and "
    "every\n"
    "  usable reward, and answers {chosen, quote, optimal, bound}. `optimal` false says that the\n"
    "  search gave up; then no choice saves more than `bound`.\n\n"
    "  Input and flags are those of `loyalty quote`.\n";

constexpr std::string_view explain_about =
    "  The cart as a table, each discount with its formula and where it fell, shipping, tax, "
    "total,\n"
    "  payment, points; what was not applied and what would help; which reward saves most. Every\n"
    "  number can be checked with a pocket calculator. Discount (1) has column (1) in the "
    "table.\n\n"
    "  A request is {catalog, account or null, cart, intent, now}. With --catalog requests leave "
    "the\n"
    "  catalog out. Without FILE, or with -, standard input is read.\n";

constexpr std::string_view lint_about =
    "  Looks for mistakes in a catalog that is valid, and still not what a merchant means: what "
    "can\n"
    "  never run, what stands in the shadow of another, what gives goods away, points that pay "
    "for\n"
    "  themselves. Each finding has a severity, a code, a JSON pointer and a sentence.\n"
    "  `loyalty lint --codes` lists all of them.\n\n"
    "  Errors make the exit code 4; with --strict warnings do too. Notes never do.\n";

constexpr std::string_view replay_about =
    "  Quotes every cart of a file of past requests (JSON lines, without catalog) against two\n"
    "  catalogs and adds up what would have changed: payable, discounts, points, each discount by\n"
    "  name, and the ten biggest changes. Empty lines are skipped; a line that is no cart is "
    "counted\n"
    "  and listed and stops nothing, but makes the exit code 1.\n\n"
    "  The progress bar is drawn on standard error, and only on a terminal.\n";

constexpr std::string_view serve_about =
    "  The REST server: program, accounts, tiers, rewards, coupons, checkouts, orders, events. "
    "What\n"
    "  it acknowledges is on the disk. The first start makes a site and prints the keys to it.\n\n"
    "  Settings come from flags, then from the environment (LOYALTY_PORT of --port), then from "
    "the\n"
    "  file of --config, then from the defaults. SIGTERM or Ctrl-C answers what is under way and\n"
    "  ends with 0; a second one ends at once.\n\n"
    "  /healthz and /readyz tell how it is, /metrics what it does, /openapi.json what can be "
    "asked.\n";

constexpr std::string_view backup_about =
    "  Copies the store to one file, consistently, while a server may be working on it.\n";

constexpr std::string_view audit_about =
    "  Derives every balance again from the ledger's entries, verifies the chain of hashes, and "
    "lists\n"
    "  what does not agree. Findings make the exit code 1. A server may be working meanwhile.\n";

constexpr Command table[] = {
    {"quote",
     "decide one cart: discounts, shipping, tax, total, points",
     "[flags] [FILE]",
     quote_about,
     "  $ loyalty quote native/examples/coffee-shop.json\n"
     "  $ loyalty quote --catalog catalog.json --want offers < cart.json\n"
     "  $ loyalty quote --catalog catalog.json --jsonl < carts.jsonl > quotes.jsonl\n",
     answer_flags,
     {0, 1},
     "FILE",
     quote_command},
    {"optimize",
     "find the best combination of coupons and rewards",
     "[flags] [FILE]",
     optimize_about,
     "  $ loyalty optimize native/examples/coffee-shop.json --pretty\n",
     answer_flags,
     {0, 1},
     "FILE",
     optimize_command},
    {"explain",
     "account for every cent of one cart, for a person",
     "[flags] [FILE]",
     explain_about,
     "  $ loyalty explain native/examples/coffee-shop.json\n"
     "  $ loyalty explain --best native/examples/restaurant.json\n",
     explain_flags,
     {0, 1},
     "FILE",
     explain_command},
    {"rewards",
     "what the member may use, what it saves, and why not",
     "[flags] [FILE]",
     request_words,
     "  $ loyalty rewards native/examples/fashion-store.json\n",
     table_flags,
     {0, 1},
     "FILE",
     rewards_command},
    {"earn",
     "the points that an order would earn, rule by rule",
     "[flags] [FILE]",
     request_words,
     "  $ loyalty earn native/examples/coffee-shop.json --json\n",
     table_flags,
     {0, 1},
     "FILE",
     earn_command},
    {"ledger",
     "keep the books of points: one operation a line",
     "[FILE]",
     "  The first line sets up zone table and rules, each further one is an operation: create, "
     "earn,\n"
     "  adjust, hold, capture, release, expire, redeem, refund, reverse, merge, advance time. "
     "Each\n"
     "  gets its answer on a line of its own, and the last line is the final state.\n",
     "  $ loyalty ledger native/examples/ledger.jsonl\n",
     ledger_flags,
     {0, 1},
     "FILE",
     ledger_command},
    {"lint",
     "find mistakes in a catalog",
     "[flags] [CATALOG]",
     lint_about,
     "  $ loyalty lint native/examples/catalog-new.json\n"
     "  $ loyalty lint --json --strict catalog.json || echo 'not published'\n",
     lint_flags,
     {0, 1},
     "FILE",
     lint_command},
    {"replay",
     "past carts under an old and a new catalog",
     "--old FILE --new FILE [flags] [CARTS]",
     replay_about,
     "  $ loyalty replay native/examples/carts.jsonl --old native/examples/catalog-old.json \\\n"
     "      --new native/examples/catalog-new.json\n",
     replay_flags,
     {0, 1},
     "FILE",
     replay_command},
    {"serve",
     "the REST server, with its store",
     "[flags]",
     serve_about,
     "  $ loyalty serve\n"
     "  $ loyalty serve --port 0 --data /var/lib/loyalty --log /var/log/loyalty.jsonl\n"
     "  $ loyalty serve --virtual-clock 2026-01-15T10:00:00Z\n",
     serve_flags,
     {0, 0},
     "",
     serve_command},
    {"backup",
     "copy the store of a server",
     "--data DIR --to FILE",
     backup_about,
     "  $ loyalty backup --data /var/lib/loyalty --to monday.db\n",
     backup_flags,
     {0, 0},
     "",
     backup_command},
    {"audit",
     "check every balance of a server's store",
     "--data DIR",
     audit_about,
     "  $ loyalty audit --data /var/lib/loyalty\n",
     audit_flags,
     {0, 0},
     "",
     audit_command},
    {"completion",
     "complete commands and flags in a shell",
     "bash|zsh|fish",
     "  Prints a script for the shell to read.\n",
     "  $ source <(loyalty completion bash)\n"
     "  $ loyalty completion zsh > ~/.zfunc/_loyalty\n"
     "  $ loyalty completion fish | source\n",
     completion_flags,
     {1, 1},
     "bash zsh fish",
     completion_command},
};

}  // namespace

std::span<const Command> commands() { return table; }

}  // namespace loyalty::cli
