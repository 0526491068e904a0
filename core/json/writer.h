#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

#include "core/base/instant.h"
#include "core/money/money.h"
#include "core/money/points.h"
#include "core/money/ratio.h"

namespace loyalty {

/// Writes JSON without spaces into a buffer that is kept from text to text: warm, it never touches
/// the heap. Commas are its business, the order of keys is the caller's.
///
/// Texts are written as they are, except what RFC 8259 wants escaped: quote, backslash and
/// controls.
class Writer {
 public:
  void clear() {
    size_ = 0;
    needs_comma_ = false;
  }
  /// Valid until the next write.
  std::string_view text() const { return {buffer_.get(), size_}; }

  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  void begin_array() { begin('['); }
  void end_array() { end(']'); }

  /// A key that needs no escapes, such as a literal.
  template <std::size_t size>
  void key(const char (&name)[size]) {
    char* out = room(size + 3);
    *out = ',';
    out += needs_comma_ ? 1 : 0;
    *out++ = '"';
    std::memcpy(out, name, size - 1);
    out += size - 1;
    *out++ = '"';
    *out++ = ':';
    use(out);
    needs_comma_ = false;
  }
  /// A key that comes from a document.
  void key(std::string_view name);

  void value(std::int64_t number);
  void value(bool truth) { word(truth ? "true" : "false"); }
  void value(std::string_view text);
  void value(const char* text) { value(std::string_view{text}); }
  void value(Money amount) { value(amount.minor_units()); }
  void value(Points points) { value(points.count()); }
  void value(RatePpm rate) { value(rate.per_million()); }
  void value(Instant instant);
  void null() { word("null"); }
  /// A value that is JSON text already.
  void json(std::string_view text) { word(text); }

 private:
  void begin(char bracket) {
    comma();
    put(bracket);
    needs_comma_ = false;
  }
  void end(char bracket) {
    put(bracket);
    needs_comma_ = true;
  }
  void comma() {
    if (needs_comma_) {
      put(',');
    }
    needs_comma_ = true;
  }
  void put(char c) {
    *room(1) = c;
    ++size_;
  }
  void word(std::string_view text);
  void quoted(std::string_view text);

  /// Where the next `count` characters go; use() says how far they went.
  char* room(std::size_t count) {
    if (capacity_ - size_ < count) {
      enlarge(count);
    }
    return buffer_.get() + size_;
  }
  void use(const char* end) { size_ = static_cast<std::size_t>(end - buffer_.get()); }
  void enlarge(std::size_t count);

  std::unique_ptr<char[]> buffer_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
  bool needs_comma_ = false;
};

}  // namespace loyalty
