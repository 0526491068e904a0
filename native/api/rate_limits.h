#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "native/service/call.h"
#include "native/service/route.h"

/// How much of the server one caller may have.
namespace loyalty::api {

using Clock = std::chrono::steady_clock;

/// Requests a second that go on for ever, and how many may come at once.
struct Rate {
  std::int64_t per_second = 0;  ///< 0: no limit
  std::int64_t burst = 0;
};

struct RateSettings {
  bool on = true;
  Rate visitor{50, 200};        ///< each address
  Rate visitor_quote{20, 100};  ///< each address, quotes
  Rate member{50, 200};
  Rate member_quote{20, 100};
  Rate staff{20'000, 40'000};  ///< each backend or user: a guard against programs that run wild
};

/// Whether a request may go on, in the words of the RateLimit headers.
struct RateVerdict {
  bool allowed = true;
  std::int64_t limit = 0;  ///< 0: there is none
  std::int64_t remaining = 0;
  std::int64_t reset_seconds = 0;  ///< until all of it is there again; where refused, until one is
};

/// A bucket of tokens for every caller and class of requests. Safe to use from any thread.
class RateLimits {
 public:
  explicit RateLimits(const RateSettings& settings) : settings_{settings} {}

  RateVerdict take(const service::Caller& caller, service::Route::Rate rate, Clock::time_point now);

  /// Callers that are remembered.
  std::size_t size();

 private:
  /// The moment from which on a bucket is full again stands for what is in it.
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::string, Clock::time_point> full_at;
    std::size_t sweep_at = 1'024;
  };
  Rate rate_of(const service::Caller& caller, service::Route::Rate rate) const;

  RateSettings settings_;
  std::array<Shard, 16> shards_;
};

/// Counts codes that were entered and do not exist: whoever guesses is stopped long before a code
/// is found. Only visitors and members guess. Safe to use from any thread.
class CodeGuard {
 public:
  struct Settings {
    bool on = true;
    std::size_t caller_max = 5;    ///< different wrong codes in a window, each visitor or member
    std::size_t address_max = 20;  ///< and each address
    std::chrono::seconds window{60};
  };
  explicit CodeGuard(const Settings& settings) : settings_{settings} {}

  /// Seconds until codes are looked at again; 0 where they are.
  std::int64_t blocked_seconds(const service::Caller& caller, std::string_view address,
                               Clock::time_point now);

  /// Notes wrong codes; the same one again in the window counts once.
  void failed(const service::Caller& caller, std::string_view address,
              const std::vector<std::string>& codes, Clock::time_point now);

 private:
  struct Window {
    Clock::time_point ends;
    std::set<std::string> codes;
  };
  using Windows = std::map<std::string, Window, std::less<>>;

  bool guesses(const service::Caller& caller) const;
  void note(Windows& windows, const std::string& name, const std::vector<std::string>& codes,
            std::size_t max, Clock::time_point now);
  static std::int64_t left(const Windows& windows, std::string_view name, std::size_t max,
                           Clock::time_point now);

  Settings settings_;
  std::mutex mutex_;
  Windows callers_;
  Windows addresses_;
};

}  // namespace loyalty::api
