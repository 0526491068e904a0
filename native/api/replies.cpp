#include "native/api/replies.h"

#include <algorithm>
#include <array>

#include "native/api/failures.h"
#include "native/http/gate.h"

namespace loyalty::api {
namespace {

using wire::Code;
using wire::Json;
using wire::Refused;

/// Types that operations may answer with; the transport wants texts that stay.
constexpr std::array<std::string_view, 4> content_types = {
    "text/csv; charset=utf-8", "text/plain; charset=utf-8", "text/html; charset=utf-8",
    "application/json"};

std::string_view known_type(std::string_view type) {
  const auto* const found = std::find(content_types.begin(), content_types.end(), type);
  return found == content_types.end() ? "application/octet-stream" : *found;
}

/// Letters, digits and a few marks: nothing that ends a quoted text or a path.
std::string file_name(std::string_view name) {
  std::string safe;
  for (const char c : name.substr(0, 100)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.';
    safe += plain ? c : '_';
  }
  return safe;
}

bool names_tag(std::string_view list, std::string_view tag) {
  const auto plain = [](std::string_view text) {
    while (text.starts_with(' ')) {
      text.remove_prefix(1);
    }
    while (text.ends_with(' ')) {
      text.remove_suffix(1);
    }
    return text.starts_with("W/") ? text.substr(2) : text;
  };
  while (!list.empty()) {
    const std::string_view one = list.substr(0, list.find(','));
    if (plain(one) == plain(tag) || plain(one) == "*") {
      return true;
    }
    list.remove_prefix(std::min(list.size(), one.size() + 1));
  }
  return false;
}

}  // namespace

Reply reply_of(const service::Route& route, const Json& answer) {
  if (route.raw && answer.is_object() && wire::member(answer, "content").is_string() &&
      wire::member(answer, "contentType").is_string()) {
    Reply reply{.body = wire::text_at(answer, "content"),
                .content_type = known_type(wire::text_at(answer, "contentType"))};
    if (const std::string name = file_name(wire::text_at(answer, "fileName")); !name.empty()) {
      reply.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }
    return reply;
  }
  return {.body = wire::text_of(answer)};
}

Reply reply_of(const std::exception_ptr& thrown) {
  const Failure failure = failure_of(thrown);
  const Json body = failure.refusal.body();
  Reply reply{.status = failure.refusal.http_status(),
              .body = wire::text_of(body),
              .code = wire::name_of(failure.refusal.code()),
              .cause = failure.cause};
  const Json& error = wire::member(wire::member(body, "details"), "applicationError");
  const Json& data = wire::member(error, "data");
  switch (failure.refusal.code()) {
    case Code::rate_limited:
      reply.headers.emplace_back("Retry-After",
                                 std::to_string(wire::integer_at(data, "retryAfterSeconds", 1)));
      break;
    case Code::temporary:
      reply.headers.emplace_back("Retry-After", "1");
      break;
    case Code::unauthenticated:
      reply.headers.emplace_back("WWW-Authenticate", "Bearer");
      break;
    default:
      break;
  }
  return reply;
}

Refused too_many(std::int64_t seconds) {
  return Refused{Code::rate_limited, Json{{"retryAfterSeconds", seconds}}};
}

void apply_etag(const http::Request& request, Reply& reply) {
  if (reply.status != 200 ||
      (request.method != http::Method::get && request.method != http::Method::head)) {
    return;
  }
  const auto tag = std::find_if(
      reply.headers.begin(), reply.headers.end(),
      [](const http::Header& header) { return http::same_word(header.first, "etag"); });
  if (tag == reply.headers.end()) {
    return;
  }
  const bool ruled = std::any_of(
      reply.headers.begin(), reply.headers.end(),
      [](const http::Header& header) { return http::same_word(header.first, "cache-control"); });
  const bool known = names_tag(request.header("if-none-match"), tag->second);
  if (!ruled) {
    reply.headers.emplace_back("Cache-Control", "no-cache");
  }
  if (known) {
    reply.status = 304;
    reply.body.clear();
  }
}

std::string without_secrets(const Json& answer) {
  Json kept = answer;
  for (const char* const name : {"token", "key", "keys", "secret"}) {
    if (kept.is_object() && kept.contains(name) && !kept[name].is_null()) {
      kept.erase(name);
    }
  }
  return wire::text_of(kept);
}

}  // namespace loyalty::api
