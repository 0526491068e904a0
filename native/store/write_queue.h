#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>

#include "native/store/store.h"

namespace loyalty::store {

/// The one writer of a store: takes whatever waits, commits it together, then tells everybody.
class WriteQueue {
 public:
  struct Options {
    std::size_t waiting_max = 4'096;
    std::size_t batch_max = 256;
  };
  WriteQueue(Store& store, Options options);
  /// Finishes what waits.
  ~WriteQueue();

  /// `done` is called on the writer's thread after the commit, with what `run` threw, Unavailable,
  /// or null. False where too much is waiting; nothing is called then.
  ///
  /// `run` may be called a second time where its first batch was undone as a whole: what it keeps
  /// outside the session must begin anew with each call. `done` is called once and must not throw.
  bool push(TenantId tenant, std::function<void(Session&)> run,
            std::function<void(std::exception_ptr)> done);

  /// The same, waiting for the end. Throws what `run` throws. Not from the writer's thread.
  void run(TenantId tenant, const std::function<void(Session&)>& run);

  struct Counters {
    std::uint64_t batches = 0;
    std::uint64_t works = 0;
    std::size_t waiting = 0;
  };
  Counters counters() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace loyalty::store
