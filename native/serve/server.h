#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "native/serve/config.h"
#include "native/serve/first_start.h"

namespace loyalty::serve {

/// The whole server: store, queue, scheduler, dispatcher and sockets, put together and taken apart
/// in the right order.
class Server {
 public:
  /// Opens the data folder, prepares it, and serves from now on. Throws std::exception with a
  /// sentence for a person where that cannot be.
  explicit Server(const Config& config);
  ~Server();

  std::string url() const;  ///< `http://127.0.0.1:8080`
  const FirstSite& first_site() const;

  /// Not ready any more; answers what is under way, finishes what waits to be written, closes the
  /// store. False where requests had to be cut off.
  bool stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace loyalty::serve
