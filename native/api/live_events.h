#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <vector>

#include "native/api/listener.h"
#include "native/api/log.h"
#include "native/service/program/catalogs.h"
#include "native/store/store.h"

namespace loyalty::api {

/// Tells whoever listens what commits have changed, as soon as they are durable. One thread reads
/// the outbox of a site once for all who listen there; whoever reads slowly falls behind in the
/// outbox, not in memory, and is dropped by the transport once it takes nothing at all.
class LiveEvents {
 public:
  struct Options {
    std::size_t per_caller_max = 8;    ///< streams of one member, or of one key
    std::size_t per_site_max = 2'000;  ///< streams
    std::size_t all_max = 6'000;       ///< streams; other requests need connections too
    std::int64_t missed_max = 5'000;   ///< events that a member's stream looks through to resume
    std::chrono::milliseconds check{500};  ///< whether callers may still listen
  };
  struct Parts {
    store::Store& store;
    service::Catalogs& catalogs;
    Log& log;
    std::function<Instant()> now;
  };
  LiveEvents(Parts parts, const Options& options);
  ~LiveEvents();

  /// Begins a stream, after an event that the caller has had: of one that this site never told, or
  /// told too long ago, nothing is known but that anything may have changed. Throws RATE_LIMITED
  /// where the caller, the site or the server has too many.
  void open(Audience audience, std::optional<std::int64_t> after,
            const std::function<std::shared_ptr<http::Exchange::Stream>()>& begin);

  /// Something was committed there. From any thread; does not wait.
  void written(store::TenantId tenant);

  /// Closes all streams.
  void stop();

  std::size_t open_streams() const { return count_; }

 private:
  using Clock = std::chrono::steady_clock;
  using ListenerPtr = std::shared_ptr<Listener>;
  static constexpr std::chrono::milliseconds pause_of_slow{20};

  void check_room(const Audience& audience) const;
  void work();
  std::set<store::TenantId> wait();
  void serve(store::TenantId tenant);
  bool tell_all(store::Session& session, const std::vector<ListenerPtr>& listeners);
  void drop_ended();

  Parts parts_;
  const Options options_;
  std::mutex mutex_;
  std::condition_variable woken_;
  std::map<store::TenantId, std::vector<ListenerPtr>> sites_;
  std::set<store::TenantId> written_;
  std::set<store::TenantId> behind_;                ///< where someone has not been told everything
  std::chrono::milliseconds pause_{pause_of_slow};  ///< before these are looked at again
  Clock::time_point checked_at_{};
  std::atomic<std::size_t> count_{0};
  std::atomic<bool> stopping_{false};
  std::thread thread_;  ///< last: it uses all the others
};

}  // namespace loyalty::api
