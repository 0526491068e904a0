#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "native/api/directory.h"
#include "native/api/log.h"
#include "native/serve/clock.h"
#include "native/service/schedule.h"
#include "native/store/store.h"
#include "native/store/write_queue.h"

namespace loyalty::serve {

/// Does what is due because time passes: site by site, in slices that other writes go between. An
/// outage is caught up with in the same way.
///
/// Looks at a site soon after something was written there, when the store says that an account of
/// it is due, and in any case every few seconds.
class Scheduler {
 public:
  struct Parts {
    store::Store& store;
    store::WriteQueue& queue;
    service::Catalogs& catalogs;
    service::Ids& ids;
    api::Directory& directory;
    api::Log& log;
    ServerClock& clock;
    std::vector<service::DueWork> works;
    /// Told after something was done in a site.
    std::function<void(store::TenantId)> committed = {};
  };
  explicit Scheduler(Parts parts);
  /// Ends after the slice that is being done.
  ~Scheduler();

  void stop();

  /// Something was written there.
  void written(store::TenantId tenant);

  /// Moves a virtual clock to an instant and does everything that falls due on the way, each thing
  /// at its time as far as the store knows it. `end` is called on the scheduler's thread.
  void move_clock(Instant to, std::function<void(std::exception_ptr)> end);

  /// Things done since the start.
  std::int64_t done() const { return done_; }

 private:
  struct Move {
    Instant to;
    std::function<void(std::exception_ptr)> end;
  };

  void work();
  void wait();
  bool stopping() const { return stopping_; }
  void sweep_all();
  void sweep(store::TenantId tenant);
  std::size_t slice(store::TenantId tenant);
  void forget_old_answers(store::TenantId tenant);
  std::optional<Instant> next_due(store::TenantId tenant);
  void carry_out(Move move);
  void pass_through(Instant to);

  Parts parts_;
  std::mutex mutex_;
  std::condition_variable woken_;
  std::set<store::TenantId> written_;
  std::deque<Move> moves_;
  std::optional<Instant> due_;
  std::chrono::steady_clock::time_point swept_at_{};
  std::chrono::steady_clock::time_point forgot_at_{};
  std::atomic<bool> stopping_{false};
  std::atomic<std::int64_t> done_{0};
  std::thread thread_;  ///< last: it uses all the others
};

}  // namespace loyalty::serve
