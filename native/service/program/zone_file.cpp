#include "native/service/program/zone_file.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

namespace loyalty::service {
namespace {

constexpr std::size_t name_bytes_max = 64;
constexpr std::size_t file_bytes_max = 256 * 1024;
constexpr std::size_t header_bytes = 44;
constexpr std::size_t type_bytes = 6;

/// Files of the folder that name no place, or one of the machine's own choice.
constexpr std::string_view no_places[] = {"posix", "right", "localtime", "posixrules", "Factory"};

/// Whole numbers, high byte first.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_{bytes} {}

  std::uint64_t unsigned_at(std::size_t at, std::size_t size) const {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      value = value << 8 | static_cast<unsigned char>(bytes_[at + i]);
    }
    return value;
  }
  std::int64_t int64_at(std::size_t at) const {
    return static_cast<std::int64_t>(unsigned_at(at, 8));
  }
  std::int32_t int32_at(std::size_t at) const {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(unsigned_at(at, 4)));
  }

 private:
  std::string_view bytes_;
};

/// How many of what a block holds, as its header says.
struct Counts {
  std::size_t utc_marks = 0;
  std::size_t standard_marks = 0;
  std::size_t leaps = 0;
  std::size_t times = 0;
  std::size_t types = 0;
  std::size_t letters = 0;

  std::size_t block_bytes(std::size_t time_bytes) const {
    return times * (time_bytes + 1) + types * type_bytes + letters + leaps * (time_bytes + 4) +
           standard_marks + utc_marks;
  }
};

std::optional<Counts> header_at(std::string_view bytes, std::size_t at) {
  if (bytes.size() < at + header_bytes || bytes.substr(at, 4) != "TZif") {
    return std::nullopt;
  }
  const Bytes in{bytes};
  const auto count = [&](std::size_t i) {
    return static_cast<std::size_t>(in.unsigned_at(at + 20 + i * 4, 4));
  };
  const Counts counts{count(0), count(1), count(2), count(3), count(4), count(5)};
  for (std::size_t i = 0; i < 6; ++i) {
    if (count(i) > file_bytes_max) {
      return std::nullopt;
    }
  }
  return counts;
}

/// What is between the line breaks that frame the end of the file.
std::optional<std::string_view> rule_at(std::string_view bytes, std::size_t at) {
  if (at >= bytes.size() || bytes[at] != '\n') {
    return std::nullopt;
  }
  const std::size_t end = bytes.find('\n', at + 1);
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  return bytes.substr(at + 1, end - at - 1);
}

}  // namespace

bool is_zone_name(std::string_view name) {
  if (name.empty() || name.size() > name_bytes_max) {
    return false;
  }
  const std::string_view first = name.substr(0, name.find('/'));
  if (std::find(std::begin(no_places), std::end(no_places), first) != std::end(no_places)) {
    return false;
  }
  std::size_t parts = 1;
  char before = '/';
  for (const char c : name) {
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    const bool inside = (c >= '0' && c <= '9') || c == '_' || c == '+' || c == '-';
    if (c == '/') {
      ++parts;
    }
    // A part begins with a letter, so none is empty and none is an option or a dot.
    if ((before == '/' && !letter) || (!letter && !inside && c != '/')) {
      return false;
    }
    before = c;
  }
  return before != '/' && parts <= 4;
}

std::optional<ZoneTable> parse_zone_file(std::string_view bytes) {
  const std::optional<Counts> old_block = header_at(bytes, 0);
  if (!old_block || bytes.size() > file_bytes_max || bytes[4] < '2') {
    return std::nullopt;
  }
  const std::size_t start = header_bytes + old_block->block_bytes(4);
  const std::optional<Counts> counts = header_at(bytes, start);
  if (!counts || counts->types == 0) {
    return std::nullopt;
  }
  const std::size_t times = start + header_bytes;
  const std::size_t indices = times + counts->times * 8;
  const std::size_t types = indices + counts->times;
  const std::size_t end = times + counts->block_bytes(8);
  const std::optional<std::string_view> rule = rule_at(bytes, end);
  if (end > bytes.size() || !rule) {
    return std::nullopt;
  }
  const Bytes in{bytes};
  std::int32_t first_offset = in.int32_at(types);
  std::vector<Transition> transitions;
  for (std::size_t i = 0; i < counts->times; ++i) {
    const auto type = static_cast<std::size_t>(in.unsigned_at(indices + i, 1));
    const std::int64_t second = in.int64_at(times + i * 8);
    if (type >= counts->types || second > limits::instant_ms_max / 1'000) {
      return std::nullopt;
    }
    const std::int32_t offset = in.int32_at(types + type * type_bytes);
    const std::int32_t before =
        transitions.empty() ? first_offset : transitions.back().offset_seconds;
    if (second < 0) {
      first_offset = offset;
    } else if (offset != before) {  // a new name for the same time changes nothing
      transitions.push_back({Instant::from_ms(second * 1'000), offset});
    }
  }
  return ZoneTable::of(first_offset, std::move(transitions), *rule);
}

std::optional<ZoneTable> load_zone(std::string_view name, std::string_view folder) {
  if (name == "UTC" || name == "Etc/UTC") {
    return ZoneTable{};
  }
  if (!is_zone_name(name)) {
    return std::nullopt;
  }
  std::string path{folder};
  path += '/';
  path += name;
  std::ifstream file{path, std::ios::binary};
  if (!file) {
    return std::nullopt;
  }
  std::string bytes(file_bytes_max + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return parse_zone_file(bytes);
}

}  // namespace loyalty::service
