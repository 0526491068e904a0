#include "native/http/gate.h"

#include <algorithm>
#include <array>
#include <functional>

#include <boost/beast/http/basic_parser.hpp>
#include <boost/version.hpp>

namespace loyalty::http {
namespace {

namespace beast = boost::beast;

using BeastView = beast::string_view;
using BeastError = boost::system::error_code;

constexpr Refusal malformed(std::string_view description) {
  return {400, refusal::malformed, description};
}

std::string_view view_of(BeastView text) { return {text.data(), text.size()}; }

/// Text of a field or a request line: everything but control characters. Bytes above ASCII pass,
/// whoever uses a field decides what they mean.
constexpr bool is_text(unsigned char byte) {
  return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
}

/// The same, looked up: most bytes of a head are asked for it and nothing else.
constexpr std::array<bool, 256> text_bytes = [] {
  std::array<bool, 256> is = {};
  for (std::size_t byte = 0; byte < is.size(); ++byte) {
    is[byte] = is_text(static_cast<unsigned char>(byte));
  }
  return is;
}();

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

/// Characters of an authority: names, addresses in either form, a port.
constexpr bool is_host_character(char c) {
  return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') ||
         std::string_view("-._~:[]").find(c) != std::string_view::npos;
}

struct NamedVerb {
  beast::http::verb verb;
  Method method;
};

constexpr std::array<NamedVerb, 7> verbs = {{
    {beast::http::verb::get, Method::get},
    {beast::http::verb::head, Method::head},
    {beast::http::verb::post, Method::post},
    {beast::http::verb::put, Method::put},
    {beast::http::verb::patch, Method::patch},
    {beast::http::verb::delete_, Method::del},
    {beast::http::verb::options, Method::options},
}};

/// Beast's parser, kept to the head: it splits and checks, the gate judges what it found.
class HeadParser final : public beast::http::basic_parser<true> {
 public:
  explicit HeadParser(Request& request) : request_(request) {}

  beast::http::verb verb = beast::http::verb::unknown;
  std::string_view target;
  int version = 0;  ///< 11: HTTP/1.1

 private:
  void on_request_impl(beast::http::verb method, BeastView, BeastView text, int number,
                       BeastError&) override {
    verb = method;
    version = number;
    target = view_of(text);
  }
  void on_field_impl(beast::http::field, BeastView name, BeastView value, BeastError&) override {
    request_.headers.emplace_back(view_of(name), view_of(value));
  }
  void on_response_impl(int, BeastView, int, BeastError&) override {}
  void on_header_impl(BeastError&) override {}
  void on_body_init_impl(boost::optional<std::uint64_t> const&, BeastError&) override {}
  std::size_t on_body_impl(BeastView text, BeastError&) override { return text.size(); }
  void on_chunk_header_impl(std::uint64_t, BeastView, BeastError&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, BeastView text, BeastError&) override {
    return text.size();
  }
  void on_finish_impl(BeastError&) override {}

  Request& request_;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "HTTP/2.0" is a version we do not speak, "HTTQ/1.1" is nonsense.
bool names_other_version(std::string_view head) {
  const std::string_view line = head.substr(0, head.find('\r'));
  if (line.size() < 9) {
    return false;
  }
  const std::string_view tail = line.substr(line.size() - 9);
  return tail.starts_with(" HTTP/") && is_digit(tail[6]) && tail[7] == '.' && is_digit(tail[8]) &&
         tail != " HTTP/1.0" && tail != " HTTP/1.1";
}

/// What the fields that frame a message say, each at most once.
struct FramingFields {
  std::optional<std::string_view> host;
  std::optional<std::string_view> content_length;
  std::optional<std::string_view> transfer_encoding;
  std::optional<std::string_view> expect;
  std::optional<std::string_view> authorization;
  std::optional<std::string_view> content_type;
};

struct SingleField {
  std::string_view name;
  std::optional<std::string_view> FramingFields::*slot;
  std::string_view twice;  ///< the sentence when it comes twice
};

/// A proxy may take the first of two and we the second, so these may come once only.
constexpr std::array<SingleField, 6> single_fields = {{
    {"host", &FramingFields::host, "more than one Host field"},
    {"content-length", &FramingFields::content_length, "more than one Content-Length field"},
    {"transfer-encoding", &FramingFields::transfer_encoding,
     "more than one Transfer-Encoding field"},
    {"expect", &FramingFields::expect, "more than one Expect field"},
    {"authorization", &FramingFields::authorization, "more than one Authorization field"},
    {"content-type", &FramingFields::content_type, "more than one Content-Type field"},
}};

std::optional<Refusal> collect(const Request& request, FramingFields& fields) {
  for (const auto& [name, value] : request.headers) {
    for (const SingleField& single : single_fields) {
      if (name.size() != single.name.size() || !same_word(name, single.name)) {
        continue;
      }
      std::optional<std::string_view>& slot = fields.*single.slot;
      if (slot) {
        return malformed(single.twice);
      }
      slot = value;
    }
  }
  return std::nullopt;
}

std::optional<Refusal> judge_target(std::string_view target) {
  if (!target.starts_with('/')) {
    return malformed("the request target is not a path");
  }
  const bool clean = std::all_of(target.begin(), target.end(),
                                 [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
  if (!clean) {
    return malformed("the request target has characters that must be percent-encoded");
  }
  return std::nullopt;
}

std::optional<Refusal> judge_host(const FramingFields& fields, bool required) {
  if (!fields.host) {
    return required ? std::optional(malformed("the Host field is missing")) : std::nullopt;
  }
  if (fields.host->empty() ||
      !std::all_of(fields.host->begin(), fields.host->end(), is_host_character)) {
    return malformed("the Host field is not a host");
  }
  return std::nullopt;
}

std::optional<Refusal> judge_length(std::string_view text, const Limits& limits, Framing& framing) {
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) {
    return malformed("the Content-Length field is not a number");
  }
  std::uint64_t length = 0;
  for (const char c : text) {
    length = length * 10 + static_cast<std::uint64_t>(c - '0');
    if (length > limits.body_bytes) {
      return Refusal{413, refusal::too_large, "the body is larger than this server takes"};
    }
  }
  framing.content_length = length;
  return std::nullopt;
}

std::optional<Refusal> judge_framing(const FramingFields& fields, bool http11, const Limits& limits,
                                     Framing& framing) {
  if (fields.transfer_encoding) {
    if (fields.content_length) {
      return malformed("both Content-Length and Transfer-Encoding");
    }
    if (!http11) {
      return malformed("Transfer-Encoding is not part of HTTP/1.0");
    }
    if (!same_word(*fields.transfer_encoding, "chunked")) {
      return Refusal{501, refusal::not_implemented, "the transfer coding is not implemented"};
    }
    framing.chunked = true;
  } else if (fields.content_length) {
    if (const auto refused = judge_length(*fields.content_length, limits, framing)) {
      return refused;
    }
  }
  if (fields.expect && http11) {
    if (!same_word(*fields.expect, "100-continue")) {
      return Refusal{417, refusal::expectation, "the expectation cannot be met"};
    }
    framing.wants_continue = framing.chunked || framing.content_length > 0;
  }
  return std::nullopt;
}

Refusal refusal_of(const BeastError& error, std::string_view head) {
  if (error == beast::http::error::bad_version && names_other_version(head)) {
    return {505, refusal::version, "only HTTP/1.1 and HTTP/1.0 are spoken here"};
  }
  if (error == beast::http::error::bad_method) {
    return malformed("the method is malformed");
  }
  if (error == beast::http::error::bad_target) {
    return malformed("the request target is malformed");
  }
  if (error == beast::http::error::bad_content_length) {
    return malformed("the Content-Length field is malformed or comes twice");
  }
  return malformed("the request head is malformed");
}

}  // namespace

bool same_word(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return lower(x) == lower(y); });
}

std::size_t HeadScan::scan(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    switch (state_) {
      case State::text:
        while (i < bytes.size() && text_bytes[static_cast<unsigned char>(bytes[i])]) {
          ++i;
        }
        if (i == bytes.size()) {
          return i;
        }
        state_ = bytes[i] == '\r' ? State::cr : State::bad;
        break;
      case State::cr:
        state_ = byte == '\n' ? State::line_start : State::bad;
        break;
      case State::empty_cr:
        state_ = byte == '\n' ? State::end : State::bad;
        break;
      case State::line_start:
        if (byte == '\r') {
          state_ = State::empty_cr;
          break;
        }
        [[fallthrough]];
      case State::blank:
        // A line that begins with white space would continue the one before.
        state_ = is_text(byte) && byte != ' ' && byte != '\t' ? State::text : State::bad;
        break;
      case State::end:
      case State::bad:
        return i;
    }
    if (state_ == State::end || state_ == State::bad) {
      return i + 1;
    }
  }
  return bytes.size();
}

std::optional<Refusal> read_head(std::string_view head, const Limits& limits, Request& request,
                                 Framing& framing) {
  HeadParser parser(request);
  parser.header_limit(static_cast<std::uint32_t>(head.size() + 1));
  parser.body_limit(boost::none);
  BeastError error;
  parser.put(boost::asio::const_buffer(head.data(), head.size()), error);
  if (error) {
    return refusal_of(error, head);
  }
  if (!parser.is_header_done()) {
    return malformed("the request head is malformed");
  }
  if (request.headers.size() > limits.fields) {
    return Refusal{431, refusal::head_too_large, "too many header fields"};
  }
  const auto* const known = std::find_if(
      verbs.begin(), verbs.end(), [&](const NamedVerb& row) { return row.verb == parser.verb; });
  if (known == verbs.end()) {
    return Refusal{501, refusal::not_implemented, "the method is not implemented"};
  }
  const bool http11 = parser.version == 11;
  FramingFields fields;
  std::optional<Refusal> refused = judge_target(parser.target);
  if (!refused) {
    refused = collect(request, fields);
  }
  if (!refused) {
    refused = judge_host(fields, http11);
  }
  if (!refused) {
    refused = judge_framing(fields, http11, limits, framing);
  }
  if (refused) {
    return refused;
  }
  request.method = known->method;
  const std::size_t question = parser.target.find('?');
  request.path = parser.target.substr(0, question);
  request.query =
      question == std::string_view::npos ? std::string_view() : parser.target.substr(question + 1);
  framing.keep_alive = http11 && parser.keep_alive();
  return std::nullopt;
}

}  // namespace loyalty::http
