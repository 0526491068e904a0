#include "native/serve/health.h"

#include <string_view>
#include <utility>

namespace loyalty::serve {
namespace {

bool is_this_machine(std::string_view peer) {
  return peer.starts_with("127.") || peer == "::1" || peer.starts_with("::ffff:127.");
}

http::Response refused() {
  return {.status = 403,
          .body = R"({"message":"The caller may not do this.","details":{"applicationError":{)"
                  R"("code":"PERMISSION_DENIED","description":"The caller may not do this.",)"
                  R"("data":{}}}})"};
}

}  // namespace

void serve_health(api::Dispatcher& dispatcher, Health health) {
  dispatcher.serve("/healthz", [](const http::Request&) {
    return http::Response{.body = R"({"status":"ok"})"};
  });
  dispatcher.serve("/readyz", [ready = std::move(health.ready)](const http::Request&) {
    const bool is_ready = ready();
    return http::Response{.status = is_ready ? 200 : 503,
                          .body = is_ready ? R"({"status":"ready"})" : R"({"status":"not ready"})"};
  });
  dispatcher.serve(
      "/metrics", [&dispatcher, gauges = std::move(health.gauges)](const http::Request& request) {
        if (!is_this_machine(request.peer)) {
          return refused();
        }
        return http::Response{.content_type = "text/plain; version=0.0.4; charset=utf-8",
                              .body = dispatcher.metrics().text(gauges())};
      });
}

}  // namespace loyalty::serve
