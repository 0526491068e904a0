#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/ledger/command.h"
#include "core/ledger/refusal.h"

/// A second ledger, written to be obviously right and nothing else: every single point is a thing
/// that lies somewhere, and every number is counted. Days are those of a fixed offset from UTC.
namespace loyalty::ledger {

class NaiveLedger {
 public:
  enum class Place { available, held, spent, expired, removed };

  /// One point.
  struct Token {
    std::string grant;  ///< key of the command that made it
    std::int64_t granted_at = 0;
    Date granted_day;
    std::int64_t grant_number = 0;
    std::optional<Deadline> grace;
    Place place = Place::available;
    std::string hold;        ///< held, spent: by which
    std::int64_t taken = 0;  ///< order of taking, for giving back the last one first
  };

  struct NaiveHold {
    std::string key;
    std::string state = "HELD";
    std::int64_t expires_at = 0;
    std::int64_t points = 0;
    std::int64_t captured = 0;
    std::int64_t refunded = 0;
  };

  struct NaiveEarn {
    std::string key;
    std::int64_t points = 0;
    std::int64_t reversed = 0;
  };

  struct NaiveAccount {
    std::vector<Token> tokens;
    std::vector<NaiveHold> holds;
    std::vector<NaiveEarn> earns;
    std::vector<std::pair<std::string, std::int64_t>> debts;
    std::int64_t below_zero = 0;
    std::int64_t entries = 0;
    std::int64_t last_at = 0;
    std::int64_t inactive_since = 0;
    Date inactive_day;
    std::optional<Deadline> grace;
    std::string merged_into;
    // Lifetime totals, counted as they happen.
    std::int64_t earned = 0;
    std::int64_t adjusted = 0;
    std::int64_t expired = 0;
    std::int64_t redeemed = 0;

    std::int64_t count(Place place) const {
      return std::count_if(tokens.begin(), tokens.end(),
                           [&](const Token& t) { return t.place == place; });
    }
    std::int64_t available() const { return count(Place::available) - below_zero; }
    std::int64_t held() const { return count(Place::held); }
    std::int64_t debt() const {
      std::int64_t sum = 0;
      for (const auto& [grant, points] : debts) {
        sum += points;
      }
      return sum;
    }
  };

  explicit NaiveLedger(const Settings& settings) : settings_{settings} {}

  std::map<std::string, NaiveAccount> accounts;

  /// The code of the refusal, or nothing where the command was carried out.
  std::optional<RefusalCode> apply(const std::string& key, std::int64_t now,
                                   const Command& command) {
    if (const auto known = known_.find(key); known != known_.end()) {
      return first_difference(known->second, command).empty()
                 ? std::nullopt
                 : std::optional(RefusalCode::idempotency_key_reused);
    }
    const NaiveLedger before = *this;
    key_ = key;
    now_ = now;
    std::optional<RefusalCode> refusal =
        std::visit([&](const auto& c) { return carry_out(c); }, command);
    if (refusal) {
      *this = before;
    } else {
      known_.emplace(key, command);
    }
    return refusal;
  }

 private:
  using Refused = std::optional<RefusalCode>;
  static constexpr std::int64_t day_ms = 86'400'000;

  std::int64_t offset() const { return std::int64_t{1'000} * settings_.zone.offset_at(Instant{}); }
  Date day_of(std::int64_t ms) const { return date_from_days((ms + offset()) / day_ms); }
  std::int64_t end_of(Date day) const { return (days_from_date(day) + 1) * day_ms - offset(); }

  std::int64_t time(const NaiveAccount& account) const {
    return account.entries == 0 ? std::max(now_, account.last_at)
                                : std::max(now_, account.last_at + 1);
  }

  /// A deadline, pushed back by the pauses after it was promised.
  std::int64_t expiry_of(const Deadline& deadline, std::int64_t now) const {
    std::int64_t promised = end_of(deadline.last_day);
    std::int64_t expiry = promised;
    for (const auto& [from, to] : pauses_) {
      const std::int64_t begin = std::max(from, deadline.since.ms());
      const std::int64_t end = std::min(to.value_or(now), std::max(now, from));
      if (begin < end && begin < expiry) {
        promised += end - begin;
        expiry = std::max(promised, end + 1);
        expiry = (expiry + offset() + day_ms - 1) / day_ms * day_ms - offset();
      }
    }
    return expiry;
  }

  std::int64_t later(std::int64_t expiry, const std::optional<Deadline>& grace,
                     std::int64_t now) const {
    expiry = grace ? std::max(expiry, expiry_of(*grace, now)) : expiry;
    return expiry_changed_ ? std::max(expiry, expiry_of(*expiry_changed_, now)) : expiry;
  }

  Date month_later(Date day) const {
    const std::int64_t month = day.year * 12 + day.month - 1 + settings_.expiry.months;
    Date later{static_cast<std::int32_t>(month / 12), static_cast<std::int32_t>(month % 12 + 1), 1};
    const std::int32_t last = days_in_month(later.year, later.month);
    later.day = settings_.expiry.grain == ExpiryGrain::month ? last : std::min(day.day, last);
    return later;
  }

  std::int64_t token_expiry(const Token& token, std::int64_t now) const {
    const Deadline own{month_later(token.granted_day), Instant::from_ms(token.granted_at)};
    return later(expiry_of(own, now), token.grace, now);
  }

  std::int64_t account_expiry(const NaiveAccount& account, std::int64_t now) const {
    const Deadline own{month_later(account.inactive_day), Instant::from_ms(account.inactive_since)};
    return later(expiry_of(own, now), account.grace, now);
  }

  /// Available points, the first to be spent first.
  std::vector<Token*> spendable(NaiveAccount& account) {
    std::vector<Token*> tokens;
    for (Token& token : account.tokens) {
      if (token.place == Place::available) {
        tokens.push_back(&token);
      }
    }
    const std::int64_t now = time(account);
    const bool lots = settings_.expiry.model == ExpiryModel::lots;
    std::stable_sort(tokens.begin(), tokens.end(), [&](const Token* a, const Token* b) {
      const std::int64_t expiry_a = lots ? token_expiry(*a, now) : 0;
      const std::int64_t expiry_b = lots ? token_expiry(*b, now) : 0;
      return std::tie(expiry_a, a->granted_at, a->grant_number, a->grant) <
             std::tie(expiry_b, b->granted_at, b->grant_number, b->grant);
    });
    return tokens;
  }

  void take(NaiveAccount& account, std::int64_t points, Place place, const std::string& hold = {}) {
    for (Token* token : spendable(account)) {
      if (points-- == 0) {
        return;
      }
      token->place = place;
      token->hold = hold;
      token->taken = ++taken_;
    }
  }

  /// Makes tokens available, or lets them vanish into a balance below zero.
  void make_available(NaiveAccount& account, Token& token) {
    token.hold.clear();
    token.place = account.below_zero > 0 ? Place::removed : Place::available;
    account.below_zero -= account.below_zero > 0 ? 1 : 0;
  }

  /// Of what a hold took, the last `points`, the earliest taken of them first.
  std::vector<Token*> last_taken(NaiveAccount& account, const std::string& hold, Place place,
                                 std::int64_t points) {
    std::vector<Token*> tokens;
    for (Token& token : account.tokens) {
      if (token.place == place && token.hold == hold) {
        tokens.push_back(&token);
      }
    }
    std::sort(tokens.begin(), tokens.end(),
              [](const Token* a, const Token* b) { return a->taken < b->taken; });
    tokens.erase(tokens.begin(), tokens.end() - static_cast<std::ptrdiff_t>(points));
    return tokens;
  }

  void note_activity(NaiveAccount& account, std::int64_t at) {
    account.inactive_since = at;
    account.inactive_day = day_of(at);
  }

  void write(NaiveAccount& account, std::int64_t at) {
    account.entries += 1;
    account.last_at = at;
  }

  void add_tokens(NaiveAccount& account, std::int64_t points) {
    for (std::int64_t i = 0; i < points; ++i) {
      Token token{.grant = key_,
                  .granted_at = account.last_at,
                  .granted_day = day_of(account.last_at),
                  .grant_number = account.entries,
                  .grace = {},
                  .place = Place::available,
                  .hold = {},
                  .taken = 0};
      make_available(account, token);
      account.tokens.push_back(token);
    }
  }

  // --- what falls due

  void settle(NaiveAccount& account) {
    while (settle_one(account)) {
    }
  }

  bool settle_one(NaiveAccount& account) {
    const std::int64_t now = time(account);
    NaiveHold* hold = nullptr;
    for (NaiveHold& candidate : account.holds) {
      if (candidate.state == "HELD" && candidate.expires_at <= now &&
          (hold == nullptr || candidate.expires_at < hold->expires_at)) {
        hold = &candidate;
      }
    }
    const std::optional<std::int64_t> points = points_due(account, now);
    if (hold != nullptr && (!points || hold->expires_at <= *points)) {
      hold->state = "EXPIRED";
      account.redeemed -= hold->points;
      write(account, std::max(hold->expires_at, account.last_at + 1));
      for (Token* token : last_taken(account, hold->key, Place::held, hold->points)) {
        make_available(account, *token);
      }
      return true;
    }
    if (points) {
      expire_points(account, *points, now);
      return true;
    }
    return false;
  }

  std::optional<std::int64_t> points_due(const NaiveAccount& account, std::int64_t now) const {
    std::optional<std::int64_t> due;
    if (settings_.expiry.model == ExpiryModel::inactivity) {
      due = account_expiry(account, now);
    } else if (settings_.expiry.model == ExpiryModel::lots) {
      for (const Token& token : account.tokens) {
        if (token.place == Place::available) {
          const std::int64_t expiry = token_expiry(token, now);
          due = due ? std::min(*due, expiry) : expiry;
        }
      }
    }
    return due && *due <= now ? due : std::nullopt;
  }

  void expire_points(NaiveAccount& account, std::int64_t due, std::int64_t now) {
    std::int64_t gone = 0;
    if (settings_.expiry.model == ExpiryModel::lots) {
      for (Token& token : account.tokens) {
        if (token.place == Place::available && token_expiry(token, now) == due) {
          token.place = Place::expired;
          ++gone;
        }
      }
    } else {
      gone = std::max<std::int64_t>(0, account.available()) * settings_.expiry.percentage / 100;
      take(account, gone, Place::expired);
      note_activity(account, due);
    }
    if (gone > 0) {
      account.expired += gone;
      write(account, account.entries == 0 ? std::max(due, account.last_at)
                                          : std::max(due, account.last_at + 1));
    }
  }

  // --- commands

  NaiveAccount* enter(const std::string& id) {
    const auto found = accounts.find(id);
    if (found == accounts.end() || !found->second.merged_into.empty()) {
      return nullptr;
    }
    settle(found->second);
    return &found->second;
  }

  /// The account that has the hold or the earn of this key.
  template <class T>
  NaiveAccount* owner(std::vector<T> NaiveAccount::*list, const std::string& key) {
    for (auto& [id, account] : accounts) {
      for (const T& item : account.*list) {
        if (item.key == key) {
          return enter(id);
        }
      }
    }
    return nullptr;
  }

  template <class T>
  static T& item(std::vector<T>& list, const std::string& key) {
    return *std::find_if(list.begin(), list.end(), [&](const T& i) { return i.key == key; });
  }

  bool active() const { return settings_.status == Status::active; }
  static bool over(const NaiveAccount& a, std::int64_t more) {
    return a.available() + a.held() + more > 999'999'999;
  }

  Refused carry_out(const CreateAccount& c) {
    if (!active()) {
      return RefusalCode::program_not_active;
    }
    if (accounts.count(c.account) > 0) {
      return RefusalCode::account_already_exists;
    }
    accounts[c.account].last_at = now_;
    note_activity(accounts[c.account], now_);
    return {};
  }

  Refused carry_out(const Earn& c) {
    if (!active()) {
      return RefusalCode::program_not_active;
    }
    NaiveAccount* account = enter(c.account);
    if (account == nullptr) {
      if (!c.by_rule || accounts.count(c.account) > 0) {
        return RefusalCode::account_not_found;
      }
      carry_out(CreateAccount{c.account});
      account = &accounts[c.account];
    }
    const std::int64_t points = c.points.count();
    if (over(*account, points)) {
      return RefusalCode::balance_limit_exceeded;
    }
    if (points == 0) {
      return {};
    }
    write(*account, time(*account));
    account->earned += points;
    add_tokens(*account, points);
    account->earns.push_back({key_, points, 0});
    note_activity(*account, account->last_at);
    pay_debts(*account, points);
    return {};
  }

  void pay_debts(NaiveAccount& account, std::int64_t points) {
    while (points > 0 && !account.debts.empty()) {
      const std::int64_t paid = std::min(points, account.debts.front().second);
      remove(account, key_, paid);
      account.earned -= paid;
      points -= paid;
      account.debts.front().second -= paid;
      if (account.debts.front().second == 0) {
        account.debts.erase(account.debts.begin());
      }
      write(account, time(account));
    }
  }

  /// Removes points, those of `grant` first; what is not there goes below zero.
  void remove(NaiveAccount& account, const std::string& grant, std::int64_t points) {
    for (int pass = 0; pass < 2; ++pass) {
      for (Token* token : spendable(account)) {
        if (points > 0 && (pass == 1 || token->grant == grant)) {
          token->place = Place::removed;
          --points;
        }
      }
    }
    account.below_zero += points;
  }

  Refused carry_out(const Adjust& c) {
    NaiveAccount* account = enter(c.account);
    if (account == nullptr) {
      return RefusalCode::account_not_found;
    }
    const std::int64_t points =
        c.points ? c.points->count() : c.balance->count() - account->available();
    if (points == 0) {
      return {};
    }
    if (points < 0 && account->available() + points < 0) {
      return RefusalCode::negative_balance;
    }
    if (points > 0 && over(*account, points)) {
      return RefusalCode::balance_limit_exceeded;
    }
    account->adjusted += points;
    if (points < 0) {
      take(*account, -points, Place::removed);
    }
    write(*account, time(*account));
    add_tokens(*account, std::max<std::int64_t>(0, points));
    return {};
  }

  Refused spend(const std::string& id, std::int64_t points, std::optional<std::int64_t> lifetime) {
    if (!active()) {
      return RefusalCode::program_not_active;
    }
    NaiveAccount* account = enter(id);
    if (account == nullptr) {
      return RefusalCode::account_not_found;
    }
    if (account->available() < points) {
      return RefusalCode::insufficient_points;
    }
    take(*account, points, lifetime ? Place::held : Place::spent, key_);
    write(*account, time(*account));
    account->redeemed += points;
    NaiveHold hold{.key = key_,
                   .state = "CAPTURED",
                   .expires_at = 0,
                   .points = points,
                   .captured = points,
                   .refunded = 0};
    if (lifetime) {
      hold.state = "HELD";
      hold.captured = 0;
      hold.expires_at = account->last_at + *lifetime;
    } else {
      redeemed_keys_.insert(key_);
    }
    account->holds.push_back(hold);
    note_activity(*account, account->last_at);
    return {};
  }
  Refused carry_out(const PlaceHold& c) {
    const Duration lifetime = c.lifetime.value_or(settings_.hold_lifetime);
    return spend(c.account, c.points.count(), lifetime.in_milliseconds());
  }
  Refused carry_out(const Redeem& c) { return spend(c.account, c.points.count(), std::nullopt); }

  static Refused ended(const NaiveHold& hold, std::int64_t now) {
    if (hold.state == "CAPTURED") {
      return RefusalCode::already_captured;
    }
    if (hold.state == "RELEASED") {
      return RefusalCode::already_released;
    }
    return hold.state == "EXPIRED" || now >= hold.expires_at ? Refused(RefusalCode::hold_expired)
                                                             : std::nullopt;
  }

  Refused carry_out(const Capture& c) {
    NaiveAccount* account = owner(&NaiveAccount::holds, c.hold);
    if (account == nullptr || redeemed_keys_.count(c.hold) > 0) {
      return RefusalCode::transaction_not_found;
    }
    NaiveHold& hold = item(account->holds, c.hold);
    const std::int64_t points = c.points ? c.points->count() : hold.points;
    if (const Refused refused = ended(hold, time(*account))) {
      return refused;
    }
    if (points > hold.points) {
      return RefusalCode::exceeds_hold;
    }
    hold.state = "CAPTURED";
    hold.captured = points;
    account->redeemed -= hold.points - points;
    captures_[key_] = c.hold;
    write(*account, time(*account));
    for (Token* token : last_taken(*account, c.hold, Place::held, hold.points - points)) {
      make_available(*account, *token);
    }
    for (Token* token : last_taken(*account, c.hold, Place::held, points)) {
      token->place = Place::spent;
    }
    return {};
  }

  Refused carry_out(const Release& c) {
    NaiveAccount* account = owner(&NaiveAccount::holds, c.hold);
    if (account == nullptr || redeemed_keys_.count(c.hold) > 0) {
      return RefusalCode::transaction_not_found;
    }
    NaiveHold& hold = item(account->holds, c.hold);
    if (const Refused refused = ended(hold, time(*account))) {
      return refused;
    }
    hold.state = "RELEASED";
    account->redeemed -= hold.points;
    write(*account, time(*account));
    for (Token* token : last_taken(*account, c.hold, Place::held, hold.points)) {
      make_available(*account, *token);
    }
    return {};
  }

  Refused carry_out(const Expire& c) {
    if (!c.account.empty()) {
      return enter(c.account) == nullptr ? Refused(RefusalCode::account_not_found) : std::nullopt;
    }
    for (const auto& [id, account] : accounts) {
      enter(id);
    }
    return {};
  }

  Refused carry_out(const Refund& c) {
    const auto capture = captures_.find(c.of);
    const std::string hold_key = capture == captures_.end() ? c.of : capture->second;
    NaiveAccount* account = owner(&NaiveAccount::holds, hold_key);
    if (account == nullptr) {
      return known_.count(c.of) > 0 ? RefusalCode::transaction_not_refundable
                                    : RefusalCode::transaction_not_found;
    }
    NaiveHold& hold = item(account->holds, hold_key);
    const std::int64_t left = hold.captured - hold.refunded;
    const std::int64_t points = c.points ? c.points->count() : left;
    if (hold.state != "CAPTURED") {
      return RefusalCode::transaction_not_refundable;
    }
    if (left == 0 || points > left) {
      return RefusalCode::transaction_already_refunded;
    }
    if (over(*account, points)) {
      return RefusalCode::balance_limit_exceeded;
    }
    hold.refunded += points;
    account->redeemed -= points;
    write(*account, time(*account));
    const Deadline grace{day_of(account->last_at + 14 * day_ms),
                         Instant::from_ms(account->last_at)};
    const std::int64_t until = expiry_of(grace, account->last_at);
    if (settings_.expiry.model == ExpiryModel::inactivity &&
        account_expiry(*account, account->last_at) < until) {
      account->grace = grace;
    }
    for (Token* token : last_taken(*account, hold_key, Place::spent, points)) {
      if (settings_.expiry.model == ExpiryModel::lots &&
          token_expiry(*token, account->last_at) < until) {
        token->grace = grace;
      }
      make_available(*account, *token);
    }
    return {};
  }

  Refused carry_out(const Reverse& c) {
    NaiveAccount* account = owner(&NaiveAccount::earns, c.of);
    if (account == nullptr) {
      return known_.count(c.of) > 0 ? RefusalCode::transaction_not_refundable
                                    : RefusalCode::transaction_not_found;
    }
    NaiveEarn& earn = item(account->earns, c.of);
    const std::int64_t left = earn.points - earn.reversed;
    const std::int64_t points = c.points ? c.points->count() : left;
    if (left == 0 || points > left) {
      return RefusalCode::transaction_already_refunded;
    }
    earn.reversed += points;
    const std::int64_t there = std::max<std::int64_t>(0, account->available());
    const bool below = settings_.reversal == ReversalPolicy::allow_negative;
    const std::int64_t now = below ? points : std::min(points, there);
    if (settings_.reversal == ReversalPolicy::clamp && now < points) {
      account->debts.emplace_back(c.of, points - now);
    }
    remove(*account, c.of, now);
    account->earned -= now;
    write(*account, time(*account));
    return {};
  }

  Refused carry_out(const Merge& c) {
    NaiveAccount* from = enter(c.from);
    NaiveAccount* into = enter(c.into);
    if (from == nullptr || into == nullptr) {
      return RefusalCode::account_not_found;
    }
    if (over(*into, from->available() + from->held())) {
      return RefusalCode::balance_limit_exceeded;
    }
    const std::int64_t at = std::max(time(*from), time(*into));
    write(*from, time(*from));
    write(*into, at);
    into->tokens.insert(into->tokens.end(), from->tokens.begin(), from->tokens.end());
    into->holds.insert(into->holds.end(), from->holds.begin(), from->holds.end());
    into->earns.insert(into->earns.end(), from->earns.begin(), from->earns.end());
    into->debts.insert(into->debts.end(), from->debts.begin(), from->debts.end());
    into->below_zero += from->below_zero;
    const std::int64_t cancelled = std::min(into->below_zero, into->count(Place::available));
    take(*into, cancelled, Place::removed);
    into->below_zero -= cancelled;
    into->earned += from->earned;
    into->adjusted += from->adjusted;
    into->expired += from->expired;
    into->redeemed += from->redeemed;
    if (into->inactive_since < from->inactive_since) {
      into->inactive_since = from->inactive_since;
      into->inactive_day = from->inactive_day;
    }
    if (from->grace && (!into->grace || into->grace->last_day < from->grace->last_day)) {
      into->grace = from->grace;
    }
    NaiveAccount empty;
    empty.entries = from->entries;
    empty.last_at = from->last_at;
    empty.inactive_since = from->inactive_since;
    empty.merged_into = c.into;
    *from = empty;
    return {};
  }

  Refused carry_out(const SetStatus& c) {
    if (c.status == settings_.status) {
      return {};
    }
    if (c.status == Status::draft ||
        (settings_.status == Status::draft && c.status == Status::paused)) {
      return RefusalCode::invalid_program_transition;
    }
    if (c.status == Status::paused) {
      pauses_.emplace_back(pauses_.empty() ? now_ : std::max(now_, *pauses_.back().second),
                           std::nullopt);
    } else if (settings_.status == Status::paused) {
      pauses_.back().second = std::max(now_, pauses_.back().first);
    }
    settings_.status = c.status;
    return {};
  }

  Refused carry_out(const SetExpiry& c) {
    if (c.expiry == settings_.expiry) {
      return {};
    }
    for (const auto& [id, account] : accounts) {
      enter(id);
    }
    settings_.expiry = c.expiry;
    expiry_changed_ = Deadline{day_of(now_ + 14 * day_ms), Instant::from_ms(now_)};
    return {};
  }

  Refused carry_out(const ExtendHold& c) {
    NaiveAccount* account = owner(&NaiveAccount::holds, c.hold);
    if (account == nullptr || redeemed_keys_.count(c.hold) > 0) {
      return RefusalCode::transaction_not_found;
    }
    NaiveHold& hold = item(account->holds, c.hold);
    if (const Refused refused = ended(hold, time(*account))) {
      return refused;
    }
    const Duration lifetime = c.lifetime.value_or(settings_.hold_lifetime);
    const std::int64_t until = time(*account) + lifetime.in_milliseconds();
    if (until > hold.expires_at) {
      hold.expires_at = until;
      write(*account, time(*account));
    }
    return {};
  }

  Refused carry_out(const SetZone& c) {
    if (c.zone == settings_.zone) {
      return {};
    }
    for (const auto& [id, account] : accounts) {
      enter(id);
    }
    settings_.zone = c.zone;
    return {};
  }

  Settings settings_;
  std::vector<std::pair<std::int64_t, std::optional<std::int64_t>>> pauses_;
  std::optional<Deadline> expiry_changed_;
  std::map<std::string, Command> known_;
  std::map<std::string, std::string> captures_;
  std::set<std::string> redeemed_keys_;
  std::int64_t taken_ = 0;
  std::string key_;
  std::int64_t now_ = 0;
};

}  // namespace loyalty::ledger
