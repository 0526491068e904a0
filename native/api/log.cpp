#include "native/api/log.h"

#include <chrono>
#include <utility>

#include "native/wire/json.h"
#include "native/wire/unicode.h"

namespace loyalty::api {
namespace {

constexpr std::size_t held_bytes_max = 16 * 1'024;
constexpr std::int64_t held_ms_max = 200;
constexpr std::size_t value_bytes_max = 512;

std::int64_t milliseconds_now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

std::string_view name_of(Log::Level level) {
  switch (level) {
    case Log::Level::error:
      return "error";
    case Log::Level::warning:
      return "warning";
    case Log::Level::info:
      break;
  }
  return "info";
}

void append_text(std::string& to, std::string_view value) {
  constexpr char hex[] = "0123456789abcdef";
  to += '"';
  const bool utf8 = wire::valid_utf8(value);
  for (const char c : value.substr(0, value_bytes_max)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      to += '\\';
      to += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      to.append("\\u00");
      to += hex[byte >> 4U];
      to += hex[byte & 15U];
    } else if (byte >= 0x80 && (!utf8 || value.size() > value_bytes_max)) {
      to += '?';  // a text that is cut must not end within a letter
    } else {
      to += c;
    }
  }
  to += '"';
}

}  // namespace

Log::Log(Level level, std::function<void(std::string_view)> write)
    : level_{level}, write_{std::move(write)} {}

Log::Line::Line(Level level, std::string_view event) : level_{level} {
  text_.reserve(256);
  text_.append(R"({"ts":")");
  text_.append(wire::time_text(Instant::from_ms(milliseconds_now())));
  text_.append(R"(","level":")").append(name_of(level)).append(R"(","event":)");
  append_text(text_, event);
}

Log::Line& Log::Line::text(std::string_view name, std::string_view value) {
  text_.append(",\"").append(name).append("\":");
  append_text(text_, value);
  return *this;
}

Log::Line& Log::Line::number(std::string_view name, std::int64_t value) {
  text_.append(",\"").append(name).append("\":").append(std::to_string(value));
  return *this;
}

void Log::add(Line line) {
  if (!shows(line.level_)) {
    return;
  }
  line.text_.append("}\n");
  const std::lock_guard lock{mutex_};
  const std::int64_t now = milliseconds_now();
  if (held_.empty()) {
    held_since_ms_ = now;
  }
  held_ += line.text_;
  const bool wait = line.level_ == Level::info && held_.size() < held_bytes_max &&
                    now - held_since_ms_ < held_ms_max && now >= held_since_ms_;
  if (!wait) {
    write_(held_);
    held_.clear();
  }
}

void Log::flush() {
  const std::lock_guard lock{mutex_};
  if (!held_.empty()) {
    write_(held_);
    held_.clear();
  }
}

}  // namespace loyalty::api
