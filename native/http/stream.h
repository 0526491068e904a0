#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>

#include "native/http/mailbox.h"
#include "native/http/server.h"

namespace loyalty::http {

/// What the two ends of an event stream share.
struct StreamState {
  std::atomic<bool> open = true;
  std::atomic<std::size_t> unsent = 0;  ///< bytes that the client has not taken yet
};

/// The sending end.
class EventStream final : public Exchange::Stream {
 public:
  EventStream(std::shared_ptr<Mailbox> mailbox, std::shared_ptr<Session> session,
              std::shared_ptr<StreamState> state, std::size_t unsent_bytes_max);
  ~EventStream() override;

  bool send(std::string event) override;
  bool has_room(std::size_t bytes) const override;
  bool open() const override { return state_->open; }
  void close() override;

 private:
  void post(Mail::Kind kind, std::string text);

  std::shared_ptr<Mailbox> mailbox_;
  std::shared_ptr<Session> session_;
  std::shared_ptr<StreamState> state_;
  std::size_t unsent_bytes_max_;
};

}  // namespace loyalty::http
