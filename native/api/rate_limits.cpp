#include "native/api/rate_limits.h"

#include <algorithm>
#include <functional>

namespace loyalty::api {
namespace {

using service::Caller;
using std::chrono::nanoseconds;

constexpr std::size_t windows_max = 100'000;

std::int64_t seconds_up(nanoseconds time) {
  return std::chrono::ceil<std::chrono::seconds>(std::max(time, nanoseconds{0})).count();
}

bool is_quote(service::Route::Rate rate) { return rate == service::Route::Rate::quote; }

std::string name_of(const Caller& caller) {
  return std::to_string(caller.tenant) + " " + caller.principal;
}

}  // namespace

Rate RateLimits::rate_of(const Caller& caller, service::Route::Rate rate) const {
  if (!settings_.on) {
    return {};
  }
  switch (caller.identity) {
    case Caller::Identity::anonymous:
      return is_quote(rate) ? settings_.visitor_quote : settings_.visitor;
    case Caller::Identity::member:
      return is_quote(rate) ? settings_.member_quote : settings_.member;
    case Caller::Identity::app:
    case Caller::Identity::user:
      return settings_.staff;
    case Caller::Identity::server:
      return {};
  }
  return {};
}

RateVerdict RateLimits::take(const Caller& caller, service::Route::Rate rate,
                             Clock::time_point now) {
  const Rate allowed = rate_of(caller, rate);
  if (allowed.per_second == 0) {
    return {};
  }
  const nanoseconds one = nanoseconds{std::chrono::seconds{1}} / allowed.per_second;
  const nanoseconds all = one * allowed.burst;
  std::string name = caller.principal;
  name += is_quote(rate) ? " quote" : "";
  Shard& shard = shards_[std::hash<std::string>{}(name) % shards_.size()];

  const std::lock_guard lock{shard.mutex};
  if (shard.full_at.size() >= shard.sweep_at) {
    std::erase_if(shard.full_at, [now](const auto& bucket) { return bucket.second <= now; });
    shard.sweep_at = std::max<std::size_t>(1'024, 2 * shard.full_at.size());
  }
  Clock::time_point& full_at = shard.full_at[name];
  full_at = std::max(full_at, now);
  const nanoseconds missing = full_at - now;  // of a full bucket, in time
  if (missing + one > all) {
    return {false, allowed.burst, 0, std::max<std::int64_t>(1, seconds_up(missing + one - all))};
  }
  full_at += one;
  return {true, allowed.burst, (all - missing - one) / one, seconds_up(missing + one)};
}

std::size_t RateLimits::size() {
  std::size_t all = 0;
  for (Shard& shard : shards_) {
    const std::lock_guard lock{shard.mutex};
    all += shard.full_at.size();
  }
  return all;
}

bool CodeGuard::guesses(const Caller& caller) const {
  return settings_.on && (caller.identity == Caller::Identity::anonymous ||
                          caller.identity == Caller::Identity::member);
}

std::int64_t CodeGuard::left(const Windows& windows, std::string_view name, std::size_t max,
                             Clock::time_point now) {
  const auto window = windows.find(name);
  if (window == windows.end() || window->second.ends <= now || window->second.codes.size() < max) {
    return 0;
  }
  return std::max<std::int64_t>(1, seconds_up(window->second.ends - now));
}

std::int64_t CodeGuard::blocked_seconds(const Caller& caller, std::string_view address,
                                        Clock::time_point now) {
  if (!guesses(caller)) {
    return 0;
  }
  const std::lock_guard lock{mutex_};
  return std::max(left(callers_, name_of(caller), settings_.caller_max, now),
                  left(addresses_, address, settings_.address_max, now));
}

void CodeGuard::note(Windows& windows, const std::string& name,
                     const std::vector<std::string>& codes, std::size_t max,
                     Clock::time_point now) {
  if (windows.size() >= windows_max) {
    std::erase_if(windows, [now](const auto& window) { return window.second.ends <= now; });
  }
  Window& window = windows[name];
  if (window.ends <= now) {
    window = {now + settings_.window, {}};
  }
  for (const std::string& code : codes) {
    if (window.codes.size() < max) {
      window.codes.insert(code);
    }
  }
}

void CodeGuard::failed(const Caller& caller, std::string_view address,
                       const std::vector<std::string>& codes, Clock::time_point now) {
  if (!guesses(caller) || codes.empty()) {
    return;
  }
  const std::lock_guard lock{mutex_};
  note(callers_, name_of(caller), codes, settings_.caller_max, now);
  note(addresses_, std::string{address}, codes, settings_.address_max, now);
}

}  // namespace loyalty::api
