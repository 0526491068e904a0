#include "native/http/exchange.h"

#include <array>
#include <utility>

#include "native/http/gate.h"

namespace loyalty::http {

std::string_view name_of(Method method) {
  constexpr std::array<std::string_view, 7> names = {"GET",   "HEAD",   "POST",   "PUT",
                                                     "PATCH", "DELETE", "OPTIONS"};
  return names[static_cast<std::size_t>(method)];
}

std::string_view Request::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (same_word(key, name)) {
      return value;
    }
  }
  return {};
}

Exchange::Exchange(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}

Exchange::Exchange(Exchange&&) noexcept = default;

Exchange& Exchange::operator=(Exchange&& other) noexcept {
  if (this != &other) {
    if (connection_) {
      connection_->drop();
    }
    connection_ = std::move(other.connection_);
  }
  return *this;
}

Exchange::~Exchange() {
  if (connection_) {
    connection_->drop();
  }
}

const Request& Exchange::request() const { return connection_->request(); }

void Exchange::answer(Response response) { connection_->answer(std::move(response)); }

std::shared_ptr<Exchange::Stream> Exchange::stream(std::vector<Header> headers) {
  return connection_->stream(std::move(headers));
}

}  // namespace loyalty::http
