#include <algorithm>

#include "native/wire/json.h"

namespace loyalty::wire {
namespace {

/// Minutes east of UTC that `Z`, `z`, `+01:00` or `-07:30` stand for.
std::optional<std::int64_t> offset_of(std::string_view text) {
  if (text == "Z" || text == "z") {
    return 0;
  }
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') {
    return std::nullopt;
  }
  std::int64_t parts[2] = {};
  for (const std::size_t at : {1u, 2u, 4u, 5u}) {
    if (text[at] < '0' || text[at] > '9') {
      return std::nullopt;
    }
    std::int64_t& part = parts[at / 3];
    part = part * 10 + (text[at] - '0');
  }
  if (parts[0] > 23 || parts[1] > 59) {
    return std::nullopt;
  }
  const std::int64_t minutes = parts[0] * 60 + parts[1];
  return text[0] == '-' ? -minutes : minutes;
}

}  // namespace

std::string time_text(Instant at) {
  char text[instant_text_bytes];
  const auto size = static_cast<std::size_t>(format_instant(at, text));
  std::string written{text, size};
  if (size < instant_text_bytes) {
    written.insert(size - 1, ".000");
  }
  return written;
}

std::optional<Instant> time_of(std::string_view text) {
  constexpr std::size_t seconds_end = 19;  // 2026-01-15T10:00:00
  if (text.size() <= seconds_end || (text[10] != 'T' && text[10] != 't')) {
    return std::nullopt;
  }
  std::string plain{text.substr(0, seconds_end)};
  plain[10] = 'T';
  std::size_t at = seconds_end;
  if (text[at] == '.') {
    const std::size_t first = ++at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
      ++at;
    }
    if (at == first) {
      return std::nullopt;
    }
    // Beyond milliseconds nothing is kept.
    plain += '.';
    plain += text.substr(first, std::min<std::size_t>(at - first, 3));
  }
  const auto local = parse_instant(plain + 'Z');
  const auto offset = offset_of(text.substr(at));
  if (!local || !offset) {
    return std::nullopt;
  }
  const std::int64_t ms = local->ms() - *offset * 60'000;
  if (ms < Instant::min().ms() || ms > Instant::max().ms()) {
    return std::nullopt;
  }
  return Instant::from_ms(ms);
}

}  // namespace loyalty::wire
