#include "native/serve/scheduler.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "native/wire/refused.h"

namespace loyalty::serve {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t slice_limit = 50;
/// A slice that never ends is our bug; the site is left alone until the next sweep.
constexpr int slices_max = 100'000;
constexpr milliseconds settle_time{150};  ///< after a write, so that many are looked at together
constexpr milliseconds sweep_time{5'000};
constexpr std::chrono::minutes forget_time{10};
constexpr Duration answers_kept = Duration::days(31);
constexpr std::size_t forget_limit = 1'000;

/// Time moves in steps, so that what no account is due for happens near its time too.
Duration step_of(Duration way) {
  constexpr std::int64_t steps = 400;
  return Duration::milliseconds(std::clamp(way.in_milliseconds() / steps,
                                           Duration::minutes(15).in_milliseconds(),
                                           Duration::days(1).in_milliseconds()));
}

}  // namespace

Scheduler::Scheduler(Parts parts) : parts_{std::move(parts)}, thread_{[this] { work(); }} {}

Scheduler::~Scheduler() { stop(); }

void Scheduler::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  woken_.notify_one();
  if (thread_.joinable()) {
    thread_.join();
  }
}

void Scheduler::written(store::TenantId tenant) {
  if (tenant == store::system_tenant) {
    return;
  }
  const std::lock_guard lock{mutex_};
  if (written_.insert(tenant).second) {
    woken_.notify_one();
  }
}

void Scheduler::move_clock(Instant to, std::function<void(std::exception_ptr)> end) {
  {
    const std::lock_guard lock{mutex_};
    if (!stopping_) {
      moves_.push_back({to, std::move(end)});
      woken_.notify_one();
      return;
    }
  }
  end(std::make_exception_ptr(store::Unavailable{"the server is stopping"}));
}

void Scheduler::work() {
  while (!stopping()) {
    const auto now = steady_clock::now();
    std::set<store::TenantId> written;
    std::deque<Move> moves;
    {
      const std::lock_guard lock{mutex_};
      written.swap(written_);
      moves.swap(moves_);
    }
    try {
      const bool due = due_ && *due_ <= parts_.clock.now();
      if (due || now - swept_at_ >= sweep_time) {
        sweep_all();
      } else {
        for (const store::TenantId tenant : written) {
          sweep(tenant);
        }
      }
    } catch (const std::exception& error) {
      parts_.log.add(
          api::Log::Line{api::Log::Level::error, "schedule"}.text("cause", error.what()));
    }
    for (Move& move : moves) {
      carry_out(std::move(move));
    }
    parts_.log.flush();
    wait();
  }
  for (Move& move : moves_) {
    move.end(std::make_exception_ptr(store::Unavailable{"the server is stopping"}));
  }
}

void Scheduler::wait() {
  std::unique_lock lock{mutex_};
  const auto news = [this] { return stopping_ || !moves_.empty(); };
  const auto wake_at = steady_clock::now() + settle_time;
  woken_.wait_until(lock, wake_at, news);
  if (news() || !written_.empty()) {
    return;
  }
  milliseconds rest = sweep_time;
  if (due_ && !parts_.clock.is_virtual()) {
    const std::int64_t until = (*due_ - parts_.clock.now()).in_milliseconds();
    rest = std::clamp(milliseconds{until}, milliseconds{0}, sweep_time);
  }
  woken_.wait_for(lock, rest, [&] { return news() || !written_.empty(); });
}

/// All sites, and when the next account is due.
void Scheduler::sweep_all() {
  swept_at_ = steady_clock::now();
  const bool forget = swept_at_ - forgot_at_ >= forget_time;
  due_.reset();
  const auto roster = parts_.directory.roster();
  for (const api::Site& site : roster->sites()) {
    if (stopping()) {
      return;
    }
    sweep(site.tenant);
    if (forget) {
      forget_old_answers(site.tenant);
    }
  }
  if (forget) {
    forget_old_answers(store::system_tenant);
    forgot_at_ = swept_at_;
  }
}

void Scheduler::sweep(store::TenantId tenant) {
  for (int i = 0; i < slices_max && !stopping(); ++i) {
    const std::size_t done = slice(tenant);
    done_ += static_cast<std::int64_t>(done);
    if (done == 0) {
      break;
    }
  }
  if (const auto due = next_due(tenant); due && (!due_ || *due < *due_)) {
    due_ = due;
  }
}

/// One slice of every kind of work; how much was done.
std::size_t Scheduler::slice(store::TenantId tenant) {
  std::size_t done = 0;
  for (const service::DueWork due_work : parts_.works) {
    std::size_t part = 0;
    std::vector<std::function<void()>> after_commit;
    try {
      parts_.queue.run(tenant, [&](store::Session& session) {
        const service::Caller server = api::server_caller(tenant);
        service::Call call{.store = session,
                           .caller = server,
                           .now = parts_.clock.now(),
                           .ids = parts_.ids,
                           .catalogs = parts_.catalogs};
        part = due_work(call, slice_limit);
        after_commit = std::move(call.after_commit);
      });
    } catch (const std::exception& error) {
      // What is wrong with one kind of work, or one site, stops no other.
      parts_.log.add(api::Log::Line{api::Log::Level::error, "schedule"}
                         .number("site", tenant)
                         .text("cause", error.what()));
      continue;
    }
    for (const auto& hook : after_commit) {
      hook();
    }
    if (part > 0 && parts_.committed) {
      parts_.committed(tenant);
    }
    done += part;
  }
  return done;
}

void Scheduler::forget_old_answers(store::TenantId tenant) {
  const Instant before = parts_.clock.now() - answers_kept;
  std::int64_t forgotten = static_cast<std::int64_t>(forget_limit);
  while (forgotten == static_cast<std::int64_t>(forget_limit) && !stopping()) {
    parts_.queue.run(
        tenant, [&](store::Session& session) { forgotten = session.forget(before, forget_limit); });
  }
}

std::optional<Instant> Scheduler::next_due(store::TenantId tenant) {
  std::optional<Instant> due;
  parts_.store.read(tenant, [&](store::Session& session) { due = session.next_due(); });
  return due;
}

void Scheduler::carry_out(Move move) {
  std::exception_ptr thrown;
  try {
    pass_through(move.to);
  } catch (...) {
    thrown = std::current_exception();
  }
  move.end(thrown);
}

void Scheduler::pass_through(Instant to) {
  if (!parts_.clock.is_virtual() || to < parts_.clock.now()) {
    throw wire::Refused::invalid("to", "MIN", "must not be before the clock's time");
  }
  const Duration step = step_of(to - parts_.clock.now());
  sweep_all();
  while (parts_.clock.now() < to && !stopping()) {
    const Instant now = parts_.clock.now();
    Instant next = std::min(to, now + step);
    if (due_ && *due_ > now && *due_ < next) {
      next = *due_;
    }
    parts_.clock.move_to(next);
    sweep_all();
  }
}

}  // namespace loyalty::serve
