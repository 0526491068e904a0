#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace loyalty::api {

/// A log of JSON lines, one an event. Texts from requests are escaped, so that no request writes a
/// line of its own. Safe to use from any thread.
class Log {
 public:
  enum class Level : std::uint8_t { error, warning, info };

  /// `write` gets whole lines, one or more, from one thread at a time.
  Log(Level level, std::function<void(std::string_view lines)> write);
  ~Log() { flush(); }

  bool shows(Level level) const { return level <= level_; }

  /// One line being written.
  class Line {
   public:
    Line(Level level, std::string_view event);
    Line& text(std::string_view name, std::string_view value);
    Line& number(std::string_view name, std::int64_t value);

   private:
    friend class Log;
    Level level_;
    std::string text_;
  };
  void add(Line line);

  /// Hands over what is held back; lines of requests are gathered for up to a moment.
  void flush();

 private:
  const Level level_;
  const std::function<void(std::string_view)> write_;
  std::mutex mutex_;
  std::string held_;
  std::int64_t held_since_ms_ = 0;
};

}  // namespace loyalty::api
