#include "native/replay/replay.h"

#include <algorithm>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/json/decode.h"
#include "core/rules/quote.h"
#include "native/replay/names.h"
#include "native/text/input_words.h"

namespace loyalty::cli {
namespace {

/// Stretches are small enough to share the work evenly, and large enough that their tallies are
/// few.
constexpr std::size_t stretch_bytes_min = std::size_t{256} << 10;
constexpr std::size_t stretches_per_thread = 16;

struct Stretch {
  std::string_view text;
  Tally tally;
};

/// Cuts a text behind newlines.
std::vector<Stretch> stretches_of(std::string_view text, std::size_t threads) {
  const std::size_t size =
      std::max(stretch_bytes_min, text.size() / (threads * stretches_per_thread) + 1);
  std::vector<Stretch> stretches;
  while (!text.empty()) {
    const std::size_t newline = size < text.size() ? text.find('\n', size) : std::string_view::npos;
    const std::size_t end = newline == std::string_view::npos ? text.size() : newline + 1;
    stretches.push_back({text.substr(0, end), {}});
    text.remove_prefix(end);
  }
  return stretches;
}

/// One thread's memory: reads a cart once and quotes it twice.
class Replayer {
 public:
  Replayer(const CompiledCatalog& before, const CompiledCatalog& after)
      : before_{before}, after_{after} {}

  void run(Stretch& stretch, std::atomic<std::size_t>& bytes_done) {
    std::string_view rest = stretch.text;
    std::size_t line = 0;
    while (!rest.empty()) {
      const std::size_t newline = std::min(rest.find('\n'), rest.size());
      cart(rest.substr(0, newline), ++line, stretch.tally);
      const std::size_t used = std::min(newline + 1, rest.size());
      rest.remove_prefix(used);
      bytes_done.fetch_add(used, std::memory_order_relaxed);
    }
    stretch.tally.lines = line;
  }

 private:
  void cart(std::string_view json, std::size_t line, Tally& tally) {
    if (json.find_first_not_of(" \t\r") == std::string_view::npos) {
      return;  // an empty line is no cart, and no mistake either
    }
    if (const auto error = read(json)) {
      tally.add_bad_line(line, *error);
      return;
    }
    const Quote& old_quote = quote_with(before_, workspace_before_);
    const Quote& new_quote = quote_with(after_, workspace_after_);
    tally.add_cart(line, request_.cart().id, old_quote, new_quote);
    discounts(names_before_, old_quote, false, tally);
    discounts(names_after_, new_quote, true, tally);
  }

  /// Against the catalog that knows the member's tier: one that has been abolished, or is to come,
  /// makes no cart a bad one. The other catalog takes the member for one of the base tier.
  std::optional<Error> read(std::string_view json) {
    std::optional<Error> error = request_.read(json, &before_.catalog());
    if (!error || !is_about_tier(*error)) {
      return error ? std::optional{said_of_input(*error, json, limits::document_bytes_max)} : error;
    }
    error = request_.read(json, &after_.catalog());
    if (error && is_about_tier(*error)) {
      error->message = "Neither catalog has this tier.";
    }
    return error;
  }

  static bool is_about_tier(const Error& error) {
    return error.code == ErrorCode::unknown_reference && error.path == "/account/tierId";
  }

  const Quote& quote_with(const CompiledCatalog& catalog, Workspace& workspace) const {
    prepare(catalog, request_.checkout(), workspace);
    return quote(request_.intent(), request_.now(), {}, workspace);
  }

  void discounts(const Names& names, const Quote& quote, bool is_after, Tally& tally) const {
    for (const Discount& discount : quote.discounts) {
      tally.add_discount(names.of(discount, request_), discount, is_after);
    }
  }

  const CompiledCatalog& before_;
  const CompiledCatalog& after_;
  Names names_before_{before_.catalog()};
  Names names_after_{after_.catalog()};
  RequestDocument request_;
  Workspace workspace_before_;
  Workspace workspace_after_;
};

}  // namespace

Tally replay(std::string_view carts, const CompiledCatalog& before, const CompiledCatalog& after,
             std::size_t threads, std::atomic<std::size_t>& bytes_done) {
  std::vector<Stretch> stretches = stretches_of(carts, threads);
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    Replayer replayer{before, after};
    while (true) {
      const std::size_t index = next.fetch_add(1);
      if (index >= stretches.size()) {
        return;
      }
      replayer.run(stretches[index], bytes_done);
    }
  };
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < std::min(threads, stretches.size()); ++i) {
    others.emplace_back(work);
  }
  work();
  for (std::thread& other : others) {
    other.join();
  }
  Tally all;
  for (Stretch& stretch : stretches) {
    all.append(std::move(stretch.tally));
  }
  return all;
}

}  // namespace loyalty::cli
