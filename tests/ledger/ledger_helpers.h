#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/ledger/audit.h"
#include "core/ledger/book.h"

/// Short words for ledger tests.
namespace loyalty::ledger {

inline Points pts(std::int64_t n) { return Points::of(n); }

inline Instant at(const char* text) {
  const std::optional<Instant> instant = parse_instant(text);
  EXPECT_TRUE(instant.has_value()) << text;
  return instant.value_or(Instant{});
}

inline void PrintTo(const Refusal& refusal, std::ostream* out) {
  *out << name_of(refusal.code) << ' ' << refusal.field;
}
inline void PrintTo(const Finding& finding, std::ostream* out) {
  *out << name_of(finding.invariant) << " of '" << finding.account << "'";
}

/// A book with a clock, and keys made in passing. After every command the auditor looks.
class Desk {
 public:
  explicit Desk(Settings settings = {}) : book{std::move(settings)} {}

  Book book;
  Instant now = at("2025-01-15T12:00:00Z");

  Result<Outcome, Refusal> tell(Command command, std::string key) {
    const Book before = book;
    Result<Outcome, Refusal> result = book.apply(
        {.key = std::move(key), .origin = {}, .now = now, .command = std::move(command)});
    if (!result.ok()) {
      EXPECT_TRUE(book == before) << "a refused command changed the book (L6)";
    }
    EXPECT_EQ(audit(book), std::vector<Finding>{});
    return result;
  }
  Result<Outcome, Refusal> tell(Command command) {
    return tell(std::move(command), "auto-" + std::to_string(++keys_));
  }

  /// The command must succeed.
  Outcome done(Command command, std::string key) {
    const Result<Outcome, Refusal> result = tell(std::move(command), std::move(key));
    EXPECT_TRUE(result.ok()) << name_of(result.error().code);
    return result.ok() ? result.value() : Outcome{};
  }
  Outcome done(Command command) {
    return done(std::move(command), "auto-" + std::to_string(++keys_));
  }

  /// The command must be refused; the name of the code.
  std::string refused(Command command) {
    const Result<Outcome, Refusal> result = tell(std::move(command));
    EXPECT_FALSE(result.ok());
    return result.ok() ? "" : std::string(name_of(result.error().code));
  }

  const Account& account(const std::string& id = "ann") const { return *book.find(id); }
  std::int64_t available(const std::string& id = "ann") const {
    return account(id).balance.available().count();
  }
  std::int64_t held(const std::string& id = "ann") const {
    return account(id).balance.held().count();
  }

 private:
  int keys_ = 0;
};

/// A desk with an account "ann" that has earned `points` under the key "e1".
inline Desk desk_with(std::int64_t points, Settings settings = {}) {
  Desk desk(std::move(settings));
  desk.done(CreateAccount{"ann"});
  desk.done(Earn{.account = "ann", .points = pts(points)}, "e1");
  return desk;
}

inline Settings with_expiry(ExpiryModel model, std::int64_t months, std::int64_t percentage = 100) {
  Settings settings;
  settings.expiry = {.model = model, .months = months, .percentage = percentage, .grain = {}};
  return settings;
}

}  // namespace loyalty::ledger
