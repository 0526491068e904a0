#pragma once

#include <memory>
#include <vector>

#include "native/http/server.h"

namespace loyalty::http {

/// What stands behind an Exchange. The server has one; a test of a handler may bring its own.
/// A connection outlives its exchange's last answer, and takes calls from any thread.
class Exchange::Connection {
 public:
  virtual ~Connection() = default;
  virtual const Request& request() const = 0;
  /// The first call counts, later ones do nothing.
  virtual void answer(Response response) = 0;
  /// Called when the exchange is dropped; answers 500 unless it was answered.
  virtual void drop() = 0;
  virtual std::shared_ptr<Exchange::Stream> stream(std::vector<Header> headers) = 0;
};

}  // namespace loyalty::http
