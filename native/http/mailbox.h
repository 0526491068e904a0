#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "native/http/answer.h"

namespace loyalty::http {

class Session;
struct StreamState;

/// Something that a loop is asked to do for one of its sessions.
struct Mail {
  enum class Kind : std::uint8_t {
    answer,
    begin_stream,  ///< `outgoing` is its head
    event,         ///< `outgoing.first` is its text
    end_stream,    ///< when all events are sent
    cut_stream,    ///< the client reads too slowly
  };
  Kind kind = Kind::answer;
  std::shared_ptr<Session> session;
  Outgoing outgoing;
  std::shared_ptr<StreamState> stream;
};

/// The way into a loop from other threads. Many mails cost the loop one wake-up. Outlives the loop,
/// after which mails are dropped.
class Mailbox {
 public:
  /// `wake` makes the loop call take() soon; called from any thread, one at a time.
  explicit Mailbox(std::function<void()> wake) : wake_(std::move(wake)) {}

  void post(Mail mail);
  std::vector<Mail> take();
  void close();

  /// From now on every answer ends its connection.
  void drain() { draining_.store(true, std::memory_order_relaxed); }
  bool draining() const { return draining_.load(std::memory_order_relaxed); }

  /// Whether this thread is the loop's.
  bool is_here() const;
  void bind_to_this_thread() const;

 private:
  std::mutex mutex_;
  std::function<void()> wake_;
  std::vector<Mail> mails_;
  bool open_ = true;
  std::atomic<bool> draining_ = false;
};

}  // namespace loyalty::http
