#include "native/http/mailbox.h"

#include <utility>

#include "native/http/session.h"

namespace loyalty::http {

namespace {

/// Of the loop whose thread this is.
thread_local const Mailbox* here = nullptr;

}  // namespace

bool Mailbox::is_here() const { return here == this; }

void Mailbox::bind_to_this_thread() const { here = this; }

void Mailbox::post(Mail mail) {
  const std::lock_guard lock(mutex_);
  if (!open_) {
    return;
  }
  mails_.push_back(std::move(mail));
  if (mails_.size() == 1) {
    wake_();
  }
}

std::vector<Mail> Mailbox::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(mails_, {});
}

void Mailbox::close() {
  std::vector<Mail> dropped;
  const std::lock_guard lock(mutex_);
  open_ = false;
  wake_ = nullptr;
  dropped.swap(mails_);
}

}  // namespace loyalty::http
