// Bytes become commands to a book. Whatever they are: no crash, a refusal changes nothing, a retry
// gets the first answer, and the auditor finds nothing.
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/base/check.h"
#include "core/ledger/audit.h"
#include "core/ledger/book.h"

namespace loyalty::ledger {
namespace {

/// The input, read from the front; zeros when it is used up.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : data_{data}, size_{size} {}

  bool empty() const { return size_ == 0; }
  std::uint8_t next() {
    if (size_ == 0) {
      return 0;
    }
    --size_;
    return *data_++;
  }
  std::int64_t wide() {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) {
      value = value << 8U | next();
    }
    return static_cast<std::int64_t>(value);
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
};

std::string account(Bytes& in) { return std::string(1, static_cast<char>('a' + in.next() % 3)); }
std::string old_key(Bytes& in) { return "k" + std::to_string(in.next() % 24); }

/// Mostly small, sometimes at the limits, sometimes anything.
Points points(Bytes& in) {
  const std::uint8_t kind = in.next();
  if (kind < 200) {
    return Points::of(kind % 20);
  }
  return Points::of(kind < 240 ? 9'999'999 - kind % 4 : in.wide());
}

std::optional<Points> maybe_points(Bytes& in) {
  return in.next() % 2 == 0 ? std::optional<Points>{} : points(in);
}

ExpiryRules expiry(Bytes& in) {
  return {.model = static_cast<ExpiryModel>(in.next() % 3),
          .months = in.next() % 14,
          .percentage = in.next() % 110,
          .grain = static_cast<ExpiryGrain>(in.next() % 2)};
}

Command adjust(Bytes& in) {
  Adjust adjust{.account = account(in), .points = {}, .balance = {}, .revision = {}};
  const std::uint8_t what = in.next();
  if (what % 2 == 0) {
    const Points given = points(in);  // the least of all numbers has no negative
    adjust.points = what % 4 == 0 || given < no_points ? given : -given;
  } else {
    adjust.balance = points(in);
  }
  if (what > 200) {
    adjust.revision = in.next();
  }
  return adjust;
}

Command command(Bytes& in) {
  switch (in.next() % 18) {
    case 0:
      return CreateAccount{account(in)};
    case 1:
    case 2:
      return Earn{account(in), points(in), in.next() % 2 == 0, in.next() % 2 == 0};
    case 3:
      return adjust(in);
    case 4:
    case 5: {
      PlaceHold hold{account(in), points(in), {}};
      if (in.next() % 4 == 0) {
        hold.lifetime = Duration::minutes(in.next());
      }
      return hold;
    }
    case 6:
    case 7:
      return Capture{old_key(in), maybe_points(in)};
    case 8:
      return Release{old_key(in)};
    case 9:
      return Expire{in.next() % 2 == 0 ? "" : account(in)};
    case 10:
      return Redeem{account(in), points(in)};
    case 11:
      return Refund{old_key(in), maybe_points(in)};
    case 12:
      return Reverse{old_key(in), maybe_points(in)};
    case 13:
      return Merge{account(in), account(in)};
    case 14:
      return SetStatus{static_cast<Status>(in.next() % 3)};
    case 15: {
      ExtendHold extend{old_key(in), {}};
      if (in.next() % 2 == 0) {
        extend.lifetime = Duration::minutes(in.next());
      }
      return extend;
    }
    case 16:
      return SetZone{ZoneTable::fixed((in.next() % 27 - 12) * 3'600)};
    default:
      return SetExpiry{expiry(in)};
  }
}

Settings settings(Bytes& in) {
  Settings settings;
  if (in.next() % 2 == 0) {
    settings.zone = ZoneTable::of(3'600, {}, "CET-1CEST,M3.5.0,M10.5.0/3").value();
  }
  settings.expiry = expiry(in);
  settings.expiry.months = settings.expiry.months % 12 + 1;
  settings.expiry.percentage = settings.expiry.percentage % 100 + 1;
  settings.reversal = static_cast<ReversalPolicy>(in.next() % 3);
  return settings;
}

std::int64_t pass_time(Bytes& in, std::int64_t now) {
  const std::uint8_t kind = in.next();
  const std::int64_t n = in.next();
  if (kind < 128) {
    return now + n;
  }
  return kind < 192 ? now + n * 60'000 : kind < 250 ? now + n * 6'000'000 : now - n * 1'000;
}

void run(Bytes in) {
  Book book(settings(in));
  std::int64_t now = 1'736'942'400'000;
  for (int step = 0; step < 64 && !in.empty(); ++step) {
    now = pass_time(in, now);
    const std::string key = in.next() % 8 == 0 ? old_key(in) : "k" + std::to_string(step);
    const Request request{
        .key = key, .origin = {}, .now = Instant::from_ms(now), .command = command(in)};
    const Book before = book;
    const Result<Outcome, Refusal> first = book.apply(request);
    if (!first.ok()) {
      LOYALTY_CHECK(book == before);
      continue;
    }
    LOYALTY_CHECK(audit(book).empty());
    const Book after = book;
    const Result<Outcome, Refusal> again = book.apply(request);
    LOYALTY_CHECK(again.ok() && again.value().replayed &&
                  again.value().entries == first.value().entries && book == after);
  }
}

}  // namespace
}  // namespace loyalty::ledger

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  loyalty::ledger::run({data, size});
  return 0;
}
