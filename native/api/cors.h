#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "native/api/directory.h"
#include "native/http/server.h"
#include "native/service/call.h"
#include "native/store/store.h"

namespace loyalty::api {

/// Which pages of other origins may read answers: those that a site lists (`allowedOrigins`), each
/// exactly. Credentials of the browser (cookies) are never allowed: tokens are sent by hand.
class Cors {
 public:
  Cors(store::Store& store, service::Catalogs& catalogs, Directory& directory)
      : store_{store}, catalogs_{catalogs}, directory_{directory} {}

  /// Headers of an answer about this site; of one about none, where any site lists the origin.
  void add_headers(const http::Request& request, const Site* site, std::vector<http::Header>& to);

  /// The answer to a preflight.
  http::Response preflight(const http::Request& request, std::string_view allow);

 private:
  using Origins = std::shared_ptr<const std::vector<std::string>>;
  struct Entry {
    Origins origins;
    std::chrono::steady_clock::time_point read_at;
  };
  Origins origins_of(const Site& site);
  bool allowed(std::string_view origin, const Site* site);

  store::Store& store_;
  service::Catalogs& catalogs_;
  Directory& directory_;
  std::mutex mutex_;
  std::map<store::TenantId, Entry> entries_;
};

}  // namespace loyalty::api
