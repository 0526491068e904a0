#include "native/text/pretty_json.h"

#include <cstddef>
#include <utility>

namespace loyalty::cli {
namespace {

constexpr std::size_t one_line_bytes_max = 88;

class Printer {
 public:
  Printer(std::string_view json, const Style& style) : json_{json}, style_{style} {}

  std::string run() {
    while (at_ < json_.size()) {
      token();
    }
    return std::move(out_);
  }

 private:
  void token() {
    const char c = json_[at_];
    if (c == '"') {
      text();
    } else if (c == '{' || c == '[') {
      open(c);
    } else if (c == '}' || c == ']') {
      ++at_;
      --depth_;
      new_line();
      out_ += c;
    } else if (c == ',') {
      ++at_;
      out_ += c;
      new_line();
    } else if (c == ':') {
      ++at_;
      out_ += ": ";
    } else {
      word();
    }
  }

  void open(char c) {
    const std::string_view flat = flat_value();
    if (!flat.empty()) {
      spaced(flat);
      at_ += flat.size();
      return;
    }
    ++at_;
    ++depth_;
    out_ += c;
    new_line();
  }

  /// The list or object that starts here where it holds no other and is short; else nothing.
  std::string_view flat_value() const {
    bool in_text = false;
    for (std::size_t i = at_ + 1; i < json_.size() && i - at_ < one_line_bytes_max; ++i) {
      const char c = json_[i];
      if (in_text) {
        i += c == '\\' ? 1U : 0U;
        in_text = c != '"';
      } else if (c == '"') {
        in_text = true;
      } else if (c == '{' || c == '[') {
        return {};
      } else if (c == '}' || c == ']') {
        return json_.substr(at_, i + 1 - at_);
      }
    }
    return {};
  }

  void spaced(std::string_view flat) {
    std::size_t i = 0;
    while (i < flat.size()) {
      if (flat[i] == '"') {
        const std::size_t end = end_of_text(flat, i);
        const bool key = end < flat.size() && flat[end] == ':';
        out_ += style_(key ? Role::plain : Role::good, flat.substr(i, end - i));
        i = end;
        continue;
      }
      out_ += flat[i];
      if (flat[i] == ',' || flat[i] == ':') {
        out_ += ' ';
      }
      ++i;
    }
  }

  static std::size_t end_of_text(std::string_view text, std::size_t begin) {
    std::size_t i = begin + 1;
    while (i < text.size() && text[i] != '"') {
      i += text[i] == '\\' ? 2U : 1U;
    }
    return i < text.size() ? i + 1 : text.size();
  }

  void text() {
    const std::size_t end = end_of_text(json_, at_);
    const bool key = end < json_.size() && json_[end] == ':';
    out_ += style_(key ? Role::plain : Role::good, json_.substr(at_, end - at_));
    at_ = end;
  }

  void word() {
    std::size_t end = at_;
    while (end < json_.size() &&
           json_.substr(end, 1).find_first_of(",]}") == std::string_view::npos) {
      ++end;
    }
    out_ += json_.substr(at_, end - at_);
    at_ = end;
  }

  void new_line() {
    out_ += '\n';
    out_.append(2 * depth_, ' ');
  }

  std::string_view json_;
  const Style& style_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::string out_;
};

}  // namespace

std::string pretty_json(std::string_view json, const Style& style) {
  return Printer{json, style}.run();
}

void append_json_string(std::string& out, std::string_view text) {
  constexpr char digits[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 0xFU];
    } else {
      out += c;
    }
  }
  out += '"';
}

}  // namespace loyalty::cli
