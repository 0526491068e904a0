#include "native/service/accounts/ledger_state.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/arena.h"
#include "core/base/check.h"
#include "core/json/reader.h"
#include "core/json/writer.h"
#include "core/ledger/zone.h"
#include "native/store/session.h"

namespace loyalty::service {
namespace {

using enum ledger::LedgerAccount;
using ledger::Deadline;
using ledger::Debt;
using ledger::Grant;
using ledger::Hold;
using ledger::HoldState;
using ledger::Lot;
using ledger::Lots;
using ledger::TierEvent;

/// The longest window has 36 months, and its start never runs back; a month more covers a change
/// of the zone (U40).
constexpr std::int64_t months_kept = 37;

/// States are ours, so their size has no limit but the store's.
constexpr std::size_t state_bytes_max = std::size_t{1} << 30;

// --- writing

void write_day(Writer& to, Date day) { to.value(days_from_date(day)); }
void write_instant(Writer& to, Instant at) { to.value(at.ms()); }

void write_deadline(Writer& to, const Deadline& deadline) {
  write_day(to, deadline.last_day);
  write_instant(to, deadline.since);
}

void write_lots(Writer& to, const Lots& lots) {
  to.begin_array();
  for (const Lot& lot : lots) {
    to.begin_array();
    to.value(std::string_view{lot.key});
    to.value(lot.sequence);
    write_instant(to, lot.granted_at);
    write_day(to, lot.granted_day);
    to.value(lot.points);
    if (lot.refunded) {
      write_deadline(to, *lot.refunded);
    }
    to.end_array();
  }
  to.end_array();
}

void write_hold(Writer& to, const Hold& hold) {
  to.begin_array();
  to.value(std::string_view{hold.key});
  to.value(static_cast<std::int64_t>(hold.state));
  to.value(hold.points);
  to.value(hold.captured);
  to.value(hold.refunded);
  write_instant(to, hold.expires_at);
  write_lots(to, hold.lots);
  to.end_array();
}

void write_tier_events(Writer& to, const std::vector<TierEvent>& events, Instant from) {
  to.begin_array();
  for (const TierEvent& event : events) {
    if (event.at >= from) {
      to.begin_array();
      write_instant(to, event.at);
      to.value(event.points);
      to.end_array();
    }
  }
  to.end_array();
}

/// Keys in alphabetical order; `activity` first, which qualifying_activity() relies on.
std::string state_of(const StoredAccount& stored, Instant tier_events_from) {
  thread_local Writer to;
  const ledger::Account& account = stored.account;
  to.clear();
  to.begin_object();
  if (account.last_activity) {
    to.key("activity");
    write_instant(to, *account.last_activity);
  }
  if (!account.debts.empty()) {
    to.key("debts");
    to.begin_array();
    for (const Debt& debt : account.debts) {
      to.begin_array();
      to.value(std::string_view{debt.grant});
      to.value(debt.points);
      to.end_array();
    }
    to.end_array();
  }
  if (!account.holds.empty()) {
    to.key("holds");
    to.begin_array();
    for (const Hold& hold : account.holds) {
      write_hold(to, hold);
    }
    to.end_array();
  }
  to.key("inactive");
  to.begin_array();
  write_day(to, account.inactive_since.day);
  write_instant(to, account.inactive_since.at);
  to.end_array();
  to.key("last");
  write_instant(to, account.last_at);
  if (!account.lots.empty()) {
    to.key("lots");
    write_lots(to, account.lots);
  }
  if (account.refunded) {
    to.key("refunded");
    to.begin_array();
    write_deadline(to, *account.refunded);
    to.end_array();
  }
  if (stored.reminded) {
    to.key("reminded");
    write_instant(to, *stored.reminded);
  }
  const Points reversed = account.balance.sums().on(program_reversed);
  if (reversed != no_points) {
    to.key("reversed");
    to.value(reversed);
  }
  if (!account.tier_events.empty()) {
    to.key("tiers");
    write_tier_events(to, account.tier_events, tier_events_from);
  }
  to.end_object();
  return std::string{to.text()};
}

// --- reading

/// The values of an array, one after another.
class Cells {
 public:
  Cells(const Tape& tape, Tape::Position array) : tape_{tape} {
    require(tape.type(array) == TokenType::array);
    at_ = array + 1;
    left_ = tape.count(array);
  }

  bool more() const { return left_ > 0; }
  std::int64_t number() { return tape_.number(take(TokenType::integer)); }
  std::string text() { return std::string{tape_.text(take(TokenType::string))}; }
  Cells cells() { return {tape_, take(TokenType::array)}; }
  Points points() { return Points::of(number()); }
  Instant instant() { return Instant::from_ms(number()); }
  Date day() { return date_from_days(number()); }
  Deadline deadline() {
    const Date last_day = day();
    return {last_day, instant()};
  }

  static void require(bool sound) {
    if (!sound) {
      throw store::Corrupt("the state of an account cannot be read");
    }
  }

 private:
  Tape::Position take(TokenType type) {
    require(left_ > 0 && tape_.type(at_) == type);
    --left_;
    return std::exchange(at_, tape_.next(at_));
  }

  const Tape& tape_;
  Tape::Position at_ = 0;
  std::size_t left_ = 0;
};

Lots read_lots(Cells list) {
  Lots lots;
  while (list.more()) {
    Cells in = list.cells();
    Lot& lot = lots.emplace_back();
    lot.key = in.text();
    lot.sequence = in.number();
    lot.granted_at = in.instant();
    lot.granted_day = in.day();
    lot.points = in.points();
    if (in.more()) {
      lot.refunded = in.deadline();
    }
  }
  return lots;
}

Hold read_hold(Cells in) {
  Hold hold;
  hold.key = in.text();
  const std::int64_t state = in.number();
  Cells::require(state >= 0 && state <= static_cast<std::int64_t>(HoldState::expired));
  hold.state = static_cast<HoldState>(state);
  hold.points = in.points();
  hold.captured = in.points();
  hold.refunded = in.points();
  hold.expires_at = in.instant();
  hold.lots = read_lots(in.cells());
  return hold;
}

/// A text as a tape; valid until the next one is read on this thread.
const Tape& tape_of(std::string_view text) {
  thread_local Reader reader;
  thread_local Arena strings;
  strings.reset();
  Cells::require(!reader.read(text, state_bytes_max, strings).has_value());
  return reader.tape();
}

/// One member of the state.
void read_member(const Tape& tape, std::string_view name, Tape::Position value,
                 StoredAccount& stored) {
  ledger::Account& account = stored.account;
  const auto instant = [&] {
    Cells::require(tape.type(value) == TokenType::integer);
    return Instant::from_ms(tape.number(value));
  };
  if (name == "activity") {
    account.last_activity = instant();
  } else if (name == "debts") {
    for (Cells list{tape, value}; list.more();) {
      Cells in = list.cells();
      std::string grant = in.text();
      account.debts.push_back({std::move(grant), in.points()});
    }
  } else if (name == "holds") {
    for (Cells list{tape, value}; list.more();) {
      account.holds.push_back(read_hold(list.cells()));
    }
  } else if (name == "inactive") {
    Cells in{tape, value};
    const Date day = in.day();
    account.inactive_since = {day, in.instant()};
  } else if (name == "last") {
    account.last_at = instant();
  } else if (name == "lots") {
    account.lots = read_lots({tape, value});
  } else if (name == "refunded") {
    account.refunded = Cells{tape, value}.deadline();
  } else if (name == "reminded") {
    stored.reminded = instant();
  } else if (name == "tiers") {
    for (Cells list{tape, value}; list.more();) {
      Cells in = list.cells();
      const Instant at = in.instant();
      account.tier_events.push_back({at, in.points()});
    }
  } else {
    Cells::require(name == "reversed");
  }
}

/// The balance that shows these totals.
ledger::Balance balance_of(const store::AccountRow& row, Points reversed) {
  ledger::Postings sums;
  sums.move(row.earned + reversed, program_issued, member_available);
  sums.move(reversed, member_available, program_reversed);
  sums.move(row.adjusted, program_adjusted, member_available);
  sums.move(row.held, member_available, member_held);
  sums.move(row.redeemed - row.held, member_available, program_redeemed);
  sums.move(row.expired, member_available, program_expired);
  ledger::Balance balance;
  balance.post(sums);
  Cells::require(balance.available() == row.available && balance.held() == row.held);
  return balance;
}

/// Reads all members; the points that were reversed stand apart, as they are part of the balance.
Points read_members(std::string_view state, StoredAccount& stored) {
  const Tape& tape = tape_of(state);
  Cells::require(tape.type(0) == TokenType::object);
  Points reversed;
  Tape::Position at = 1;
  for (std::size_t i = 0; i < tape.count(0); ++i) {
    const std::string_view name = tape.text(at);
    const Tape::Position value = at + 1;
    read_member(tape, name, value, stored);
    if (name == "reversed") {
      Cells::require(tape.type(value) == TokenType::integer);
      reversed = Points::of(tape.number(value));
    }
    at = tape.next(value);
  }
  return reversed;
}

}  // namespace

StoredAccount read_account(const store::AccountRow& row) {
  StoredAccount stored;
  ledger::Account& account = stored.account;
  account.id = row.id;
  account.revision = row.revision;
  account.sequence = row.sequence;
  account.merged_into = row.merged_into;
  account.balance = balance_of(row, read_members(row.state, stored));
  return stored;
}

ledger::Account read_state(std::string_view state) {
  StoredAccount stored;
  read_members(state, stored);
  return std::move(stored.account);
}

void write_account(const StoredAccount& stored, const ZoneTable& zone, Instant now,
                   store::AccountRow& row) {
  const ledger::Account& account = stored.account;
  LOYALTY_CHECK(account.grants.empty());
  row.revision = account.revision;
  row.sequence = account.sequence;
  row.merged_into = account.merged_into;
  row.available = account.balance.available();
  row.held = account.balance.held();
  row.earned = account.balance.earned();
  row.adjusted = account.balance.adjusted();
  row.redeemed = account.balance.redeemed();
  row.expired = account.balance.expired();
  const bool old = !account.tier_events.empty() &&
                   now - account.tier_events.front().at > Duration::days(months_kept * 28);
  row.state = state_of(stored, old ? window_start(zone, now, months_kept) : Instant::min());
}

std::optional<Instant> qualifying_activity(const store::AccountRow& row) {
  constexpr std::string_view head = R"({"activity":)";
  const std::string_view state = row.state;
  if (state.substr(0, head.size()) != head) {
    return std::nullopt;
  }
  std::int64_t ms = 0;
  for (std::size_t i = head.size(); i < state.size() && state[i] >= '0' && state[i] <= '9'; ++i) {
    ms = ms * 10 + (state[i] - '0');
  }
  return Instant::from_ms(ms);
}

store::ItemRow row_of(const std::string& account_id, const Hold& hold) {
  thread_local Writer to;
  to.clear();
  to.begin_object();
  to.key("hold");
  write_hold(to, hold);
  to.end_object();
  return {.key = hold.key, .account_id = account_id, .state = std::string{to.text()}};
}

store::ItemRow row_of(const std::string& account_id, const Grant& grant) {
  thread_local Writer to;
  to.clear();
  to.begin_object();
  to.key("grant");
  to.begin_array();
  to.value(grant.points);
  to.value(grant.reversed);
  to.end_array();
  to.end_object();
  return {.key = grant.key, .account_id = account_id, .state = std::string{to.text()}};
}

Item read_item(const store::ItemRow& row) {
  const Tape& tape = tape_of(row.state);
  Cells::require(tape.type(0) == TokenType::object && tape.count(0) == 1);
  if (tape.text(1) == "hold") {
    return read_hold({tape, 2});
  }
  Cells::require(tape.text(1) == "grant");
  Cells in{tape, 2};
  const Points points = in.points();
  return Grant{row.key, points, in.points()};
}

}  // namespace loyalty::service
