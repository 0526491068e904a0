#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "native/http/exchange.h"
#include "native/http/session.h"

namespace loyalty::http {

/// A request of a session. Writes its answer on the thread that gives it, and hands the bytes over.
class LiveExchange final : public Exchange::Connection {
 public:
  LiveExchange(std::shared_ptr<Session> session, std::shared_ptr<Mailbox> mailbox,
               std::shared_ptr<Message> message, std::size_t unsent_bytes_max);

  const Request& request() const override { return message_->request; }
  void answer(Response response) override;
  void drop() override;
  std::shared_ptr<Exchange::Stream> stream(std::vector<Header> headers) override;

 private:
  bool is_dispatching() const;

  std::shared_ptr<Session> session_;
  std::shared_ptr<Mailbox> mailbox_;
  std::shared_ptr<Message> message_;
  std::size_t unsent_bytes_max_;
  std::atomic<bool> answered_ = false;
};

}  // namespace loyalty::http
