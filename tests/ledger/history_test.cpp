// Random histories: the book against a naive twin, after every single command.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/ledger/ledger_helpers.h"
#include "tests/ledger/naive_ledger.h"
#include "tests/ledger/partial_book.h"

namespace loyalty::ledger {
namespace {

/// splitmix64: the same numbers on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_{seed} {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  std::int64_t between(std::int64_t from, std::int64_t to) {
    return from + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(to - from + 1));
  }
  bool one_in(std::int64_t n) { return between(1, n) == 1; }

 private:
  std::uint64_t state_;
};

Settings random_settings(Random& random) {
  Settings settings;
  settings.expiry.model = static_cast<ExpiryModel>(random.between(0, 2));
  settings.expiry.months = random.between(1, 3);
  settings.expiry.percentage = random.one_in(2) ? 100 : random.between(1, 100);
  settings.expiry.grain = static_cast<ExpiryGrain>(random.between(0, 1));
  settings.reversal = static_cast<ReversalPolicy>(random.between(0, 2));
  return settings;
}

/// Commands about few accounts and few keys, so that they meet each other.
class Historian {
 public:
  explicit Historian(Random& random) : random_{random} {}

  std::string key() {
    if (random_.one_in(12)) {
      return old_key();
    }
    keys_.push_back("k" + std::to_string(keys_.size()));
    return keys_.back();
  }

  std::int64_t pass_time(std::int64_t now) {
    switch (random_.between(0, 9)) {
      case 0:
        return now - random_.between(0, 5);  // a clock that runs back
      case 1:
      case 2:
        return now + random_.between(0, 40) * 86'400'000;
      case 3:
        return now + random_.between(0, 90) * 60'000;
      case 4:
        return (now / 86'400'000 + random_.between(1, 35)) * 86'400'000;  // exactly midnight
      default:
        return now + random_.between(0, 3);
    }
  }

  Command command() {
    switch (random_.between(0, 19)) {
      case 0:
        return CreateAccount{account()};
      case 1:
      case 2:
      case 3:
      case 4:
        return Earn{account(), points(), random_.one_in(2), false};
      case 5:
        return Adjust{.account = account(),
                      .points = random_.one_in(2) ? points() : -points(),
                      .balance = {},
                      .revision = {}};
      case 6:
        return Adjust{.account = account(),
                      .points = {},
                      .balance = pts(random_.between(0, 12)),
                      .revision = {}};
      case 7:
      case 8:
        return PlaceHold{account(), points(), {}};
      case 9:
        return Redeem{account(), points()};
      case 10:
      case 11:
        return Capture{old_key(), some_points()};
      case 12:
        return Release{old_key()};
      case 13:
        return Expire{random_.one_in(2) ? account() : ""};
      case 14:
      case 15:
        return Refund{old_key(), some_points()};
      case 16:
      case 17:
        return Reverse{old_key(), some_points()};
      case 18:
        return rare();
      default:
        return Redeem{account(), pts(1)};
    }
  }

 private:
  std::string account() { return std::string(1, static_cast<char>('a' + random_.between(0, 2))); }
  Points points() { return pts(random_.between(1, 8)); }
  std::optional<Points> some_points() {
    return random_.one_in(2) ? std::optional<Points>{} : pts(random_.between(1, 4));
  }
  std::string old_key() {
    return keys_.empty() ? "k0"
                         : keys_[static_cast<std::size_t>(
                               random_.between(0, static_cast<std::int64_t>(keys_.size()) - 1))];
  }
  Command rare() {
    switch (random_.between(0, 8)) {
      case 0: {
        const std::string from = account();
        const std::string into = account();
        return from == into ? Command{Expire{""}} : Command{Merge{from, into}};
      }
      case 1:
        return SetExpiry{{.model = static_cast<ExpiryModel>(random_.between(0, 2)),
                          .months = random_.between(1, 3),
                          .percentage = random_.between(1, 100),
                          .grain = ExpiryGrain::day}};
      case 2:
        return SetStatus{Status::paused};
      case 3:
        return SetZone{
            ZoneTable::fixed(static_cast<std::int32_t>(random_.between(-12, 14) * 3'600))};
      case 4:
      case 5:
        return ExtendHold{old_key(), random_.one_in(2) ? std::optional<Duration>{}
                                                       : Duration::minutes(random_.between(1, 90))};
      default:
        return SetStatus{Status::active};
    }
  }

  Random& random_;
  std::vector<std::string> keys_;
};

void expect_same(const Book& book, const NaiveLedger& naive) {
  ASSERT_EQ(book.accounts().size(), naive.accounts.size());
  for (const auto& [id, account] : book.accounts()) {
    const NaiveLedger::NaiveAccount& twin = naive.accounts.at(id);
    SCOPED_TRACE("account " + id);
    ASSERT_EQ(account.balance.available().count(), twin.available());
    ASSERT_EQ(account.balance.held().count(), twin.held());
    ASSERT_EQ(account.balance.earned().count(), twin.earned);
    ASSERT_EQ(account.balance.adjusted().count(), twin.adjusted);
    ASSERT_EQ(account.balance.redeemed().count(), twin.redeemed);
    ASSERT_EQ(account.balance.expired().count(), twin.expired);
    ASSERT_EQ(account.debt().count(), twin.debt());
    ASSERT_EQ(account.sequence, twin.entries);
    ASSERT_EQ(account.last_at.ms(), twin.last_at);
    ASSERT_EQ(account.merged_into, twin.merged_into);
  }
}

/// A store that loads a part of the book decides as the whole does.
void expect_same_by_part(const Book& book, const Request& request) {
  if (book.answer(request.key) != nullptr) {
    return;
  }
  const PartialBook partial(book, request.command);
  const Result<Change, Refusal> whole = decide(book, request);
  const Result<Change, Refusal> part = decide(partial.part(), request);
  ASSERT_EQ(whole.ok(), part.ok());
  if (!whole.ok()) {
    ASSERT_TRUE(whole.error() == part.error());
    return;
  }
  ASSERT_TRUE(whole.value().answer == part.value().answer);
  ASSERT_TRUE(whole.value().program == part.value().program);
  ASSERT_EQ(whole.value().accounts.size(), part.value().accounts.size());
  for (const auto& [id, account] : whole.value().accounts) {
    // What was made just now stands in both; what ended long ago only in the whole.
    Account expected = slim(account, partial.named().empty() ? request.key : partial.named());
    Account actual =
        slim(part.value().accounts.at(id), partial.named().empty() ? request.key : partial.named());
    ASSERT_TRUE(expected == actual) << id;
  }
}

void run_history(std::uint64_t seed) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  Random random(seed);
  const Settings settings = random_settings(random);
  Historian historian(random);
  Book book(settings);
  NaiveLedger naive(settings);
  std::int64_t now = 1'736'942'400'000;  // 2025-01-15T12:00:00Z
  for (const char* id : {"a", "b"}) {
    const Request request{.key = std::string("create ") + id,
                          .origin = {},
                          .now = Instant::from_ms(now),
                          .command = CreateAccount{id}};
    ASSERT_TRUE(book.apply(request).ok());
    naive.apply(request.key, now, request.command);
  }
  for (int step = 0; step < 60; ++step) {
    SCOPED_TRACE("step " + std::to_string(step));
    now = historian.pass_time(now);
    const Command command = historian.command();
    const Request request{
        .key = historian.key(), .origin = {}, .now = Instant::from_ms(now), .command = command};
    const Book before = book;
    expect_same_by_part(book, request);
    const Result<Outcome, Refusal> real = book.apply(request);
    const std::optional<RefusalCode> twin = naive.apply(request.key, now, command);
    SCOPED_TRACE(std::string(name_of(command)) + " " + request.key);
    ASSERT_EQ(real.ok() ? "" : name_of(real.error().code), twin ? name_of(*twin) : "");
    if (!real.ok() || real.value().replayed) {
      ASSERT_TRUE(book == before) << "L6";
    }
    ASSERT_EQ(audit(book), std::vector<Finding>{});
    expect_same(book, naive);
    if (::testing::Test::HasFatalFailure()) {
      return;
    }
  }
}

std::uint64_t first_seed() {
  const char* seed = std::getenv("LOYALTY_SEED");
  return seed != nullptr ? std::strtoull(seed, nullptr, 10) : 1;
}

TEST(Book, AgreesWithANaiveLedgerOverRandomHistories) {
  const std::uint64_t first = first_seed();
  const char* count = std::getenv("LOYALTY_HISTORIES");
  const std::uint64_t histories = count != nullptr ? std::strtoull(count, nullptr, 10) : 3'000;
  std::cout << "seeds " << first << " to " << first + histories - 1 << '\n';
  for (std::uint64_t seed = first; seed < first + histories && !HasFatalFailure(); ++seed) {
    run_history(seed);
  }
}

}  // namespace
}  // namespace loyalty::ledger
