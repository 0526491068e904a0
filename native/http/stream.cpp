#include "native/http/stream.h"

#include <utility>

#include "native/http/session.h"

namespace loyalty::http {

EventStream::EventStream(std::shared_ptr<Mailbox> mailbox, std::shared_ptr<Session> session,
                         std::shared_ptr<StreamState> state, std::size_t unsent_bytes_max)
    : mailbox_(std::move(mailbox)),
      session_(std::move(session)),
      state_(std::move(state)),
      unsent_bytes_max_(unsent_bytes_max) {}

EventStream::~EventStream() {
  try {
    close();
  } catch (...) {  // no memory for the mail: the heartbeat will find the stream closed
  }
}

void EventStream::post(Mail::Kind kind, std::string text) {
  Mail mail;
  mail.kind = kind;
  mail.session = session_;
  mail.outgoing.first.text = std::move(text);
  mail.stream = state_;
  mailbox_->post(std::move(mail));
}

bool EventStream::send(std::string event) {
  if (!state_->open.load()) {
    return false;
  }
  const std::size_t waiting = state_->unsent.fetch_add(event.size());
  if (waiting > 0 && waiting + event.size() > unsent_bytes_max_) {
    if (state_->open.exchange(false)) {
      post(Mail::Kind::cut_stream, {});
    }
    return false;
  }
  post(Mail::Kind::event, std::move(event));
  return true;
}

bool EventStream::has_room(std::size_t bytes) const {
  const std::size_t waiting = state_->unsent;
  return waiting == 0 || waiting + bytes <= unsent_bytes_max_;
}

void EventStream::close() {
  if (state_->open.exchange(false)) {
    post(Mail::Kind::end_stream, {});
  }
}

}  // namespace loyalty::http
