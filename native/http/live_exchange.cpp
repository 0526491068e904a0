#include "native/http/live_exchange.h"

#include <utility>

namespace loyalty::http {

LiveExchange::LiveExchange(std::shared_ptr<Session> session, std::shared_ptr<Mailbox> mailbox,
                           std::shared_ptr<Message> message, std::size_t unsent_bytes_max)
    : session_(std::move(session)),
      mailbox_(std::move(mailbox)),
      message_(std::move(message)),
      unsent_bytes_max_(unsent_bytes_max) {}

bool LiveExchange::is_dispatching() const {
  return mailbox_->is_here() && session_->dispatching_ == this;
}

void LiveExchange::answer(Response response) {
  if (answered_.exchange(true)) {
    return;
  }
  Mail mail;
  mail.session = session_;
  mail.outgoing = render(std::move(response), message_->request.method,
                         message_->keep_alive && !mailbox_->draining());
  if (is_dispatching()) {
    session_->direct_ = std::move(mail.outgoing);
  } else {
    mailbox_->post(std::move(mail));
  }
}

void LiveExchange::drop() {
  try {
    answer(error_response({500, refusal::internal, "the request could not be served"}));
  } catch (...) {  // out of memory: the connection stays until the server stops
  }
}

std::shared_ptr<Exchange::Stream> LiveExchange::stream(std::vector<Header> headers) {
  auto state = std::make_shared<StreamState>();
  auto events = std::make_shared<EventStream>(mailbox_, session_, state, unsent_bytes_max_);
  if (answered_.exchange(true)) {
    state->open = false;
    return events;
  }
  Mail mail;
  mail.kind = Mail::Kind::begin_stream;
  mail.session = session_;
  mail.outgoing = render_stream_head(headers);
  mail.stream = std::move(state);
  mailbox_->post(std::move(mail));
  return events;
}

}  // namespace loyalty::http
