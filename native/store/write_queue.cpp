#include "native/store/write_queue.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <span>
#include <thread>
#include <utility>
#include <vector>

namespace loyalty::store {
namespace {

struct Task {
  Work work;
  std::function<void(std::exception_ptr)> done;
};

/// Tells everybody, giving each its own failure or else `of_all`.
void tell(std::span<Work> works, std::span<Task> tasks, const std::exception_ptr& of_all) {
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    tasks[i].done(of_all != nullptr ? of_all : works[i].failure);
  }
}

}  // namespace

class WriteQueue::Impl {
 public:
  Impl(Store& store, Options options)
      : store_{store}, options_{options}, thread_{[this] { work(); }} {}

  ~Impl() {
    {
      const std::lock_guard lock{mutex_};
      stopping_ = true;
    }
    arrived_.notify_one();
    thread_.join();
  }

  bool push(Task task) {
    {
      const std::lock_guard lock{mutex_};
      if (stopping_ || waiting_.size() >= options_.waiting_max) {
        return false;
      }
      waiting_.push_back(std::move(task));
    }
    arrived_.notify_one();
    return true;
  }

  Counters counters() const {
    const std::lock_guard lock{mutex_};
    Counters counters = counters_;
    counters.waiting = waiting_.size();
    return counters;
  }

 private:
  void work() {
    for (;;) {
      std::vector<Task> tasks = take();
      if (tasks.empty()) {
        return;
      }
      commit(tasks);
    }
  }

  /// All that waits, as far as one batch may have it. Nothing when it is time to stop.
  std::vector<Task> take() {
    std::unique_lock lock{mutex_};
    arrived_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    std::vector<Task> tasks;
    while (!waiting_.empty() && tasks.size() < options_.batch_max) {
      tasks.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    if (!tasks.empty()) {
      ++counters_.batches;
      counters_.works += tasks.size();
    }
    return tasks;
  }

  void commit(std::span<Task> tasks) {
    std::vector<Work> works;
    works.reserve(tasks.size());
    for (Task& task : tasks) {
      works.push_back(std::move(task.work));
    }
    try {
      store_.write(works);
    } catch (const Undone&) {
      if (works.size() == 1) {
        tell(works, tasks, std::current_exception());
      } else {
        one_by_one(works, tasks);
      }
      return;
    } catch (...) {
      tell(works, tasks, std::current_exception());
      return;
    }
    tell(works, tasks, nullptr);
  }

  /// Nothing of the batch was changed: whose fault it was, shows when each is alone.
  void one_by_one(std::span<Work> works, std::span<Task> tasks) {
    for (std::size_t i = 0; i < works.size(); ++i) {
      std::exception_ptr failure;
      try {
        store_.write(works.subspan(i, 1));
      } catch (...) {
        failure = std::current_exception();
      }
      tell(works.subspan(i, 1), tasks.subspan(i, 1), failure);
    }
  }

  Store& store_;
  const Options options_;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Task> waiting_;
  Counters counters_;
  bool stopping_ = false;
  std::thread thread_;  ///< last: it uses all the others
};

WriteQueue::WriteQueue(Store& store, Options options)
    : impl_{std::make_unique<Impl>(store, options)} {}

WriteQueue::~WriteQueue() = default;

bool WriteQueue::push(TenantId tenant, std::function<void(Session&)> run,
                      std::function<void(std::exception_ptr)> done) {
  return impl_->push({Work{tenant, std::move(run), nullptr}, std::move(done)});
}

void WriteQueue::run(TenantId tenant, const std::function<void(Session&)>& run) {
  std::mutex mutex;
  std::condition_variable told;
  bool is_done = false;
  std::exception_ptr failure;
  const bool taken = push(tenant, run, [&](std::exception_ptr what) {
    // Told under the lock: the waiting thread takes all of this with it when it goes on.
    const std::lock_guard lock{mutex};
    failure = std::move(what);
    is_done = true;
    told.notify_one();
  });
  if (!taken) {
    throw Unavailable{"too many writes are waiting"};
  }
  std::unique_lock lock{mutex};
  told.wait(lock, [&] { return is_done; });
  if (failure != nullptr) {
    std::rethrow_exception(failure);
  }
}

WriteQueue::Counters WriteQueue::counters() const { return impl_->counters(); }

}  // namespace loyalty::store
