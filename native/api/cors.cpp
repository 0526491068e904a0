#include "native/api/cors.h"

#include <algorithm>

#include "native/service/program/catalogs.h"

namespace loyalty::api {
namespace {

/// A change of the list shows within this time.
constexpr std::chrono::seconds kept_for{2};

constexpr std::string_view request_headers =
    "Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, "
    "X-Loyalty-Origin, X-Loyalty-Site, X-Wix-Bi-Gateway";
constexpr std::string_view answer_headers =
    "Content-Disposition, ETag, Idempotent-Replayed, RateLimit-Limit, RateLimit-Remaining, "
    "RateLimit-Reset, "
    "Retry-After, X-Wix-Request-Id";

}  // namespace

Cors::Origins Cors::origins_of(const Site& site) {
  const auto now = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock{mutex_};
    const auto entry = entries_.find(site.tenant);
    if (entry != entries_.end() && now - entry->second.read_at < kept_for) {
      return entry->second.origins;
    }
  }
  auto origins = std::make_shared<std::vector<std::string>>();
  store_.read(site.tenant, [&](store::Session& session) {
    if (!session.all(store::Kind::program).empty()) {
      *origins = catalogs_.state(session)->allowed_origins;
    }
  });
  const std::lock_guard lock{mutex_};
  entries_[site.tenant] = {origins, now};
  return origins;
}

bool Cors::allowed(std::string_view origin, const Site* site) {
  const auto lists = [&](const Site& one) {
    const Origins origins = origins_of(one);
    return std::find(origins->begin(), origins->end(), origin) != origins->end();
  };
  if (site != nullptr) {
    return lists(*site);
  }
  const auto roster = directory_.roster();
  return std::any_of(roster->sites().begin(), roster->sites().end(), lists);
}

void Cors::add_headers(const http::Request& request, const Site* site,
                       std::vector<http::Header>& to) {
  to.emplace_back("Vary", "Origin");
  const std::string_view origin = request.header("origin");
  if (!origin.empty() && allowed(origin, site)) {
    to.emplace_back("Access-Control-Allow-Origin", std::string{origin});
    to.emplace_back("Access-Control-Expose-Headers", std::string{answer_headers});
  }
}

http::Response Cors::preflight(const http::Request& request, std::string_view allow) {
  http::Response response{.status = 204};
  response.headers.emplace_back("Vary",
                                "Origin, Access-Control-Request-Method, "
                                "Access-Control-Request-Headers");
  // The site is not known yet: a preflight has no token. What it allows is only to ask.
  const std::string_view origin = request.header("origin");
  if (!origin.empty() && allowed(origin, nullptr)) {
    response.headers.emplace_back("Access-Control-Allow-Origin", std::string{origin});
    response.headers.emplace_back("Access-Control-Allow-Methods", std::string{allow});
    response.headers.emplace_back("Access-Control-Allow-Headers", std::string{request_headers});
    response.headers.emplace_back("Access-Control-Max-Age", "600");
  }
  return response;
}

}  // namespace loyalty::api
