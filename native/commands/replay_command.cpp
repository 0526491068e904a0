#include <algorithm>
#include <charconv>
#include <thread>

#include "native/commands/commands.h"
#include "native/commands/documents.h"
#include "native/replay/progress.h"
#include "native/replay/replay.h"
#include "native/replay/report.h"
#include "native/text/pretty_json.h"

namespace loyalty::cli {
namespace {

constexpr std::size_t threads_max = 64;

Attempt<std::size_t> thread_count(const Arguments& arguments, Session& session) {
  const auto text = arguments.value_of("threads");
  if (!text) {
    return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 8);
  }
  std::size_t threads = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), threads);
  if (error != std::errc{} || end != text->data() + text->size() || threads < 1 ||
      threads > threads_max) {
    session.err << "loyalty replay: --threads takes a number from 1 to 64.\n";
    return Exit::usage;
  }
  return threads;
}

Exit missing(std::string_view flag, Session& session) {
  session.err << "loyalty replay: it needs --" << flag << " CATALOG.\nSee: loyalty replay --help\n";
  return Exit::usage;
}

Exit different_currencies(const Catalog& before, const Catalog& after, Session& session) {
  session.err << "loyalty replay: the old catalog is in " << before.currency.code()
              << " and the new one in " << after.currency.code()
              << "; what they ask for cannot be compared.\n";
  return Exit::bad_document;
}

}  // namespace

Exit replay_command(const Arguments& arguments, Session& session) {
  for (const std::string_view flag : {"old", "new"}) {
    if (!arguments.has(flag)) {
      return missing(flag, session);
    }
  }
  Attempt<std::size_t> threads = thread_count(arguments, session);
  if (!threads) {
    return threads.exit();
  }
  auto before = load_catalog(*arguments.value_of("old"), session);
  if (!before) {
    return before.exit();
  }
  auto after = load_catalog(*arguments.value_of("new"), session);
  if (!after) {
    return after.exit();
  }
  const Catalog& old_catalog = (*before)->catalog();
  const Catalog& new_catalog = (*after)->catalog();
  if (!(old_catalog.currency == new_catalog.currency)) {
    return different_currencies(old_catalog, new_catalog, session);
  }
  MappedFile carts;
  InputError error;
  if (!carts.open(arguments.file(), session.standard_input, error)) {
    return report(error, session);
  }
  Tally tally;
  {
    std::atomic<std::size_t> bytes_done{0};
    const Progress progress{session, bytes_done, carts.text().size()};
    tally = replay(carts.text(), CompiledCatalog{old_catalog}, CompiledCatalog{new_catalog},
                   *threads, bytes_done);
  }
  const Style style = session.out_style();
  if (arguments.has("json")) {
    const std::string json = replay_json(tally, old_catalog.currency);
    session.out << (session.out_is_terminal ? pretty_json(json, style) : json) << "\n";
  } else {
    session.out << replay_text(tally, old_catalog.currency, style);
  }
  return tally.bad > 0 ? Exit::bad_document : Exit::ok;
}

}  // namespace loyalty::cli
