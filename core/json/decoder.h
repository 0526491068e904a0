#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/base/arena.h"
#include "core/base/build.h"
#include "core/base/error.h"
#include "core/base/id.h"
#include "core/base/instant.h"
#include "core/base/limits.h"
#include "core/json/names.h"
#include "core/json/tape.h"
#include "core/json/text_set.h"
#include "core/money/currency.h"
#include "core/money/money.h"
#include "core/money/points.h"
#include "core/money/ratio.h"

namespace loyalty {

/// What stands for a name that nobody asks for.
struct Nameless {
  constexpr Nameless() = default;
  constexpr Nameless(std::string_view) {}        // NOLINT(google-explicit-constructor)
  constexpr operator std::string_view() const {  // NOLINT(google-explicit-constructor)
    return {};
  }
};

/// A named member of an object. Position 0 is the document itself, so it stands for "absent".
struct Field {
  Tape::Position value = 0;
  Tape::Position object = 0;
  /// Of no use to a preview build, which does not tell where something is wrong.
  [[no_unique_address]] std::conditional_t<preview_only, Nameless, std::string_view> name;

  explicit operator bool() const { return value != 0; }
};

/// Both bounds inclusive.
struct Range {
  std::int64_t min = 0;
  std::int64_t max = 0;
};

namespace ranges {
inline constexpr Range amount{0, limits::money_minor_max};
inline constexpr Range points{0, limits::points_max};
inline constexpr Range discount_rate{0, limits::discount_rate_ppm_max};
inline constexpr Range tax_rate{0, limits::tax_rate_ppm_max};
inline constexpr Range quantity{1, limits::quantity_max};
inline constexpr Range units{1, limits::cart_lines_max* limits::quantity_max};
inline constexpr Range cost{1, limits::points_per_call_max};
/// Counts that only a server knows: uses, revisions, orders.
inline constexpr Range count{0, limits::js_exact_max};
}  // namespace ranges

/// Bounds of a list. Lists in rules are never empty: an empty list there would either mean
/// "everything" or "nothing", and merchants have been hurt by both readings.
struct ListRule {
  std::int64_t max = 0;
  bool may_be_empty = true;
};

/// Bounds of a text in bytes.
struct TextRule {
  std::int64_t min = 0;
  std::int64_t max = limits::name_bytes_max;
};

inline constexpr TextRule id_text{1, limits::id_bytes_max};
inline constexpr TextRule name_text{0, limits::name_bytes_max};

/// What happens to fields that the documents do not know: refused in catalogs, ignored in carts.
enum class Unknown : std::uint8_t { refused, ignored };

/// Turns tape into values and keeps the first defect.
///
/// Decoding never stops at a defect. Of several the one whose code stands first in ErrorCode is
/// kept, and of those with the same code the one met first. Fields are visited in the order of the
/// documents' contract and not in the order of the text, so shuffled keys give the same error. Path
/// and message are made when they are asked for: a good document pays for none of this.
///
/// `need` refuses absence, `read` leaves the target as it was, which is the field's default.
class Decoder {
 public:
  Decoder(const Tape& tape, Arena& arena, TextSet& texts)
      : tape_{tape}, arena_{arena}, texts_{texts} {}

  const Tape& tape() const { return tape_; }
  bool ok() const { return defect_.code == ErrorCode::none; }
  ErrorCode code() const { return defect_.code; }
  /// The defect with its path and message.
  Error take_error() const;

  /// Records a defect of a value, or of the field `name` in an object.
  void fail(ErrorCode code, Tape::Position at, std::string_view name = {});
  void fail(ErrorCode code, const Field& field) { fail(code, field.value); }
  void fail_range(Tape::Position at, Range range, std::string_view unit = {});
  void fail_names(Tape::Position at, names::Names known);

  template <class T, class... Rule>
  void need(const Field& field, T& to, const Rule&... rule) {
    if (field) {
      read(field, to, rule...);
    } else {
      fail(ErrorCode::missing_field, field.object, field.name);
    }
  }

  // Those that answer tell whether there was a value to be had.
  bool read(const Field& field, bool& to);
  void read(const Field& field, std::int64_t& to, Range range);
  void read(const Field& field, Money& to, Range range = ranges::amount);
  void read(const Field& field, Points& to, Range range = ranges::points);
  void read(const Field& field, RatePpm& to, Range range);
  bool read(const Field& field, Instant& to);
  bool read(const Field& field, Currency& to);
  void read(const Field& field, std::string_view& to, TextRule rule);
  void read(const Field& field, std::span<const std::string_view>& to, ListRule rule);

  template <class Kind>
  void read(const Field& field, Id<Kind>& to) {
    if (field) {
      to = Id<Kind>{text(field.value, id_text)};
    }
  }

  template <class T, class... Rule>
  void read(const Field& field, std::optional<T>& to, const Rule&... rule) {
    if (field) {
      T value{};
      read(field, value, rule...);
      to = value;
    }
  }

  /// A name of a table that stands in the order of the enum. False if there is none to be had.
  template <class Enum>
  bool read_name(const Field& field, Enum& to, const names::Known& known) {
    const int index = field ? name_index(field.value, known) : -1;
    if (index >= 0) {
      to = static_cast<Enum>(index);
    }
    return index >= 0;
  }
  template <class Enum>
  bool need_name(const Field& field, Enum& to, const names::Known& known) {
    if (!field) {
      fail(ErrorCode::missing_field, field.object, field.name);
    }
    return read_name(field, to, known);
  }

  /// Decodes each entry of an array with `each(position, entry)`.
  template <class T, class Each>
  void read_list(const Field& field, std::span<const T>& to, ListRule rule, Each each) {
    if (!field || !is_list(field.value, rule)) {
      return;
    }
    const std::span<T> entries = arena_.array<T>(tape_.count(field.value));
    Tape::Position at = field.value + 1;
    for (T& entry : entries) {
      each(at, entry);
      at = tape_.next(at);
    }
    to = entries;
  }

  /// A revision is a whole number, or its decimal text as systems send that hold them in 64 bits.
  bool read_revision(const Field& field, std::int64_t& to);

  // Single values, where there is no field: entries of lists, values of maps.
  std::int64_t integer(Tape::Position at, Range range);
  std::string_view text(Tape::Position at, TextRule rule);
  bool is_object(Tape::Position at);
  bool is_list(Tape::Position at, ListRule rule);
  /// Which of the names stands there; -1 for none.
  int name_index(Tape::Position at, const names::Known& known);

  /// Refuses the second entry with the same id. Requires: `field` was read into `entries`.
  template <class T, class IdOf>
  void check_unique(const Field& field, std::span<const T> entries, std::string_view name,
                    IdOf id_of) {
    if (entries.size() < 2) {
      return;
    }
    texts_.begin(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const std::string_view id = id_of(entries[i]);
      // An id that could not be read is empty, and has its error already.
      if (!id.empty() && !texts_.insert(id)) [[unlikely]] {
        fail_entry(ErrorCode::duplicate_id, field, i, name);
      }
    }
  }
  /// Records a defect of the field `name` of an entry of a list.
  void fail_entry(ErrorCode code, const Field& list, std::size_t index, std::string_view name);

  TextSet& texts() { return texts_; }
  Arena& arena() { return arena_; }

  /// What the reward's config costs whose effects are being read; null elsewhere. Only there points
  /// can be money.
  const Points* config_cost = nullptr;

 private:
  /// What path and message are made of.
  struct Defect {
    ErrorCode code = ErrorCode::none;
    bool has_range = false;
    Tape::Position at = 0;
    std::string_view name;  ///< of a field that `at` should have
    Range range;
    std::string_view unit;   ///< of the range
    std::int64_t most = -1;  ///< entries of a list, where there are too many
    names::Names known;
  };
  bool record(ErrorCode code, Tape::Position at, std::string_view name);

  const Tape& tape_;
  Arena& arena_;
  TextSet& texts_;
  Defect defect_;
};

}  // namespace loyalty
