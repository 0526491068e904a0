#include "native/http/answer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <utility>

namespace loyalty::http {
namespace {

/// A body above this is sent from where it lies, below it is copied behind its head.
constexpr std::size_t copied_bytes_max = std::size_t{16} * 1024;

struct NamedStatus {
  int status;
  std::string_view reason;
};

constexpr std::array<NamedStatus, 32> reasons = {{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
}};

/// The reason is for people only; an unusual status does without.
std::string_view reason_of(int status) {
  const auto* const row = std::find_if(reasons.begin(), reasons.end(),
                                       [&](const NamedStatus& r) { return r.status == status; });
  return row == reasons.end() ? std::string_view() : row->reason;
}

void append_number(std::string& text, std::size_t number) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  text.append(digits.data(), end);
}

/// "Date: …" with its line end; written once a second and thread.
std::string_view date_line() {
  thread_local std::time_t written_at = 0;
  thread_local std::array<char, 48> line;
  thread_local std::size_t size = 0;
  const std::time_t now = std::time(nullptr);
  if (now != written_at) {
    std::tm parts{};
    gmtime_r(&now, &parts);
    size = std::strftime(line.data(), line.size(), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
    written_at = now;
  }
  return {line.data(), size};
}

/// What may stand where: asked of every byte of every answer's head, so it is looked up.
struct ByteKinds {
  std::array<bool, 256> token = {};
  std::array<bool, 256> value = {};
};

constexpr ByteKinds byte_kinds = [] {
  ByteKinds kinds;
  for (std::size_t byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    kinds.token[byte] = byte > 0x20 && byte < 0x7f &&
                        std::string_view("()<>@,;:\\\"/[]?={}").find(c) == std::string_view::npos;
    kinds.value[byte] = c == '\t' || (byte >= 0x20 && byte != 0x7f);
  }
  return kinds;
}();

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return byte_kinds.token[static_cast<unsigned char>(c)];
  });
}

bool is_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return byte_kinds.value[static_cast<unsigned char>(c)]; });
}

/// Fields that are the transport's own to write.
bool is_ours(std::string_view name) {
  constexpr std::array<std::string_view, 5> ours = {"content-length", "transfer-encoding",
                                                    "connection", "date", "content-type"};
  return std::any_of(ours.begin(), ours.end(),
                     [&](std::string_view own) { return same_word(own, name); });
}

bool can_be_sent(const std::vector<Header>& headers) {
  return std::all_of(headers.begin(), headers.end(), [](const Header& header) {
    return is_token(header.first) && is_value(header.second) && !is_ours(header.first);
  });
}

bool can_be_sent(const Response& response) {
  return response.status >= 200 && response.status <= 599 && is_value(response.content_type) &&
         can_be_sent(response.headers);
}

void append_field(std::string& text, std::string_view name, std::string_view value) {
  text.append(name).append(": ").append(value).append("\r\n");
}

void append_start(std::string& text, int status) {
  text.append("HTTP/1.1 ");
  append_number(text, static_cast<std::size_t>(status));
  text.append(" ").append(reason_of(status)).append("\r\n").append(date_line());
}

/// Literals only, so nothing needs an escape.
std::string error_body(const Refusal& refusal) {
  std::string text;
  text.append(R"({"message":")").append(refusal.description);
  text.append(R"(","details":{"applicationError":{"code":")").append(refusal.code);
  text.append(R"(","description":")").append(refusal.description).append(R"("}}})");
  return text;
}

constexpr Refusal bad_answer{500, refusal::internal, "the answer could not be written"};

}  // namespace

Response error_response(const Refusal& refusal) {
  return {.status = refusal.status, .body = error_body(refusal)};
}

Outgoing render(Response response, Method method, bool keep_alive) {
  if (!can_be_sent(response)) {
    response = error_response(bad_answer);
  }
  const bool bodiless = response.status == 204 || response.status == 304;
  const std::size_t body_size = response.file ? response.file->size() : response.body.size();
  const bool sends_body = !bodiless && method != Method::head && body_size > 0;
  const bool copied = !response.file && body_size <= copied_bytes_max;

  Outgoing out;
  out.keep_alive = keep_alive;
  std::string& text = out.first.text;
  std::size_t room = 192 + response.content_type.size() + (sends_body && copied ? body_size : 0);
  for (const auto& [name, value] : response.headers) {
    room += name.size() + value.size() + 4;
  }
  text.reserve(room);
  append_start(text, response.status);
  if (!bodiless) {
    if (!response.content_type.empty()) {
      append_field(text, "Content-Type", response.content_type);
    }
    text.append("Content-Length: ");
    append_number(text, body_size);
    text.append("\r\n");
  }
  for (const auto& [name, value] : response.headers) {
    append_field(text, name, value);
  }
  text.append(keep_alive ? "\r\n" : "Connection: close\r\n\r\n");
  if (sends_body && copied) {
    text.append(response.body);
  } else if (sends_body) {
    out.second = {std::move(response.body), std::move(response.file)};
  }
  return out;
}

Outgoing render(const Refusal& refusal) {
  return render(error_response(refusal), Method::get, false);
}

Outgoing render_stream_head(const std::vector<Header>& headers) {
  if (!can_be_sent(headers)) {
    return render(bad_answer);
  }
  Outgoing out;
  out.keep_alive = false;
  std::string& text = out.first.text;
  append_start(text, 200);
  append_field(text, "Content-Type", "text/event-stream");
  append_field(text, "Cache-Control", "no-store");
  // Proxies of one well-known make hold back what they are not told to pass on at once.
  append_field(text, "X-Accel-Buffering", "no");
  for (const auto& [name, value] : headers) {
    append_field(text, name, value);
  }
  text.append("Connection: close\r\n\r\n");
  return out;
}

}  // namespace loyalty::http
