#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

#include "core/base/build.h"
#include "core/json/decoder.h"

/// The objects of the documents as tables: which fields a kind of object has, where they go and
/// what holds for them. One loop reads them all, so that a field costs a row and no code.
namespace loyalty {

struct Shape;

/// Puts what was read into a member of some type: `number`, or the `number` elements from `first`
/// on. Returns where the value stands, which for optional members is inside of them.
using Store = void* (*)(void* member, std::int64_t number, const void* first);

/// How a field is read.
enum class Reads : std::uint8_t {
  apart,    ///< by the `special` of another field
  special,  ///< by a function
  boolean,
  integer,   ///< `range`
  revision,  ///< a whole number, or its decimal text
  text,      ///< `range` in bytes
  name,      ///< `names`, in the order of the enum
  instant,
  currency,
  object,  ///< `shape`
  list,    ///< `range` in entries, `list`
};

/// The fields of one object of the tape, by their place in its shape.
struct Members {
  static constexpr std::size_t fields_max = 40;

  Members(const Shape& of, Tape::Position at, Unknown policy, std::size_t place_in_list = 0)
      : shape{of}, object{at}, unknown{policy}, index{place_in_list} {}

  const Shape& shape;
  Tape::Position object;
  Unknown unknown;                    ///< holds for the objects within too
  std::size_t index;                  ///< in the list that the object is an entry of
  bool marked = false;                ///< for the functions of a shape to tell each other something
  Tape::Position values[fields_max];  ///< as many as the shape has fields, once found

  Field at(std::size_t place) const;
  bool has(std::size_t place) const { return values[place] != 0; }
};

/// Reads a field that needs more than a row: alone, or with those next to it.
using Special = void (*)(Decoder& decoder, Members& in, const Field& field, void* object);
/// Checks an object once its fields are read.
using Finish = void (*)(Decoder& decoder, Members& in, void* object);
/// Checks a list once its entries are read; `list` is the member.
using CheckList = void (*)(Decoder& decoder, const Field& field, const void* list);
using IdOf = std::string_view (*)(const void* entry);

/// What the entries of a list are: objects, or texts as ids have them.
struct ListShape {
  const Shape* entries = nullptr;  ///< null: texts
  Store store_text = nullptr;
  std::uint32_t entry_size = 0;
  IdOf id_of = nullptr;  ///< whose `id` no two entries may share
  CheckList check = nullptr;
};

/// A field but for its name.
struct FieldRow {
  Reads reads = Reads::apart;
  bool needed = false;
  std::uint16_t offset = 0;  ///< of the member
  Store store = nullptr;
  const Range* range = nullptr;
  union {
    const void* none = nullptr;
    const names::Known* known;
    const Shape* shape;
    const ListShape* list;
    Special special;
  };
};

struct FieldShape : FieldRow {
  std::string_view name;
};

/// A preview build keeps the names apart, and joined.
using StoredField = std::conditional_t<preview_only, FieldRow, FieldShape>;

struct Shape {
  const StoredField* fields = nullptr;
  const char* names = nullptr;          ///< joined, where they are apart
  const std::uint8_t* slots = nullptr;  ///< places of names by their hash
  const void* blank = nullptr;          ///< an object with nothing read yet
  Finish finish = nullptr;
  std::uint16_t size = 0;  ///< of the object in bytes
  std::uint8_t count = 0;
  std::uint8_t slot_mask = 0;
};

// Building shapes -----------------------------------------------------------------------------

namespace shapes {

inline constexpr std::uint8_t no_place = 0xFF;

constexpr std::size_t hash(std::string_view name) {
  const auto front = static_cast<unsigned char>(name.front());
  const auto back = static_cast<unsigned char>(name.back());
  return name.size() * 11 + front * std::size_t{5} + back * std::size_t{3};
}

/// A perfect enough hash over the names of a shape. A preview build searches one by one instead:
/// it reads few documents, and the tables would weigh more than what they save.
template <std::size_t count>
struct Slots {
  static_assert(count > 0 && count <= Members::fields_max);
  static constexpr std::size_t size = count <= 8 ? 32 : count <= 16 ? 64 : 256;
  std::uint8_t places[size] = {};

  explicit constexpr Slots(const FieldShape (&fields)[count]) {
    for (std::uint8_t& place : places) {
      place = no_place;
    }
    for (std::size_t i = 0; i < count; ++i) {
      std::size_t at = hash(fields[i].name) % size;
      while (places[at] != no_place) {
        at = (at + 1) % size;
      }
      places[at] = static_cast<std::uint8_t>(i);
    }
  }
};

template <const auto& fields>
inline constexpr Slots slots_of{fields};

/// The fields as a shape holds them.
template <std::size_t count>
struct Stored {
  StoredField fields[count] = {};

  explicit constexpr Stored(const FieldShape (&from)[count]) {
    for (std::size_t i = 0; i < count; ++i) {
      fields[i] = from[i];
    }
  }
};
template <const auto& fields>
inline constexpr Stored stored{fields};

template <class T>
inline constexpr T blank_of{};

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
inline constexpr bool is_span = false;
template <class T>
inline constexpr bool is_span<std::span<const T>> = true;
template <class T>
inline constexpr bool is_id = false;
template <class Kind>
inline constexpr bool is_id<Id<Kind>> = true;

template <class T>
void* store(void* member, [[maybe_unused]] std::int64_t number,
            [[maybe_unused]] const void* first) {
  T& to = *static_cast<T*>(member);
  if constexpr (std::is_same_v<T, Money>) {
    to = Money::minor(number);
  } else if constexpr (std::is_same_v<T, Points>) {
    to = Points::of(number);
  } else if constexpr (std::is_same_v<T, RatePpm>) {
    to = RatePpm::parts(number);
  } else if constexpr (std::is_same_v<T, Instant>) {
    to = Instant::from_ms(number);
  } else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
    to = static_cast<T>(number);
  } else if constexpr (std::is_same_v<T, Currency>) {
    to = *static_cast<const Currency*>(first);
  } else if constexpr (std::is_same_v<T, std::string_view> || is_id<T>) {
    to = T{std::string_view{static_cast<const char*>(first), static_cast<std::size_t>(number)}};
  } else if constexpr (is_span<T>) {
    to = T{static_cast<typename T::pointer>(first), static_cast<std::size_t>(number)};
  } else if constexpr (is_optional<T>) {
    to.emplace();
    return store<typename T::value_type>(&*to, number, first);
  }
  return member;
}

/// A member of an object: where it is and how it is filled.
struct Member {
  std::uint16_t offset;
  Store store;
};
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage): there is no offset of a pointer to member
#define LOYALTY_MEMBER(type, member)                                          \
  ::loyalty::shapes::Member {                                                 \
    offsetof(type, member), &::loyalty::shapes::store<decltype(type::member)> \
  }

constexpr FieldShape field(std::string_view name, Reads reads, Member member,
                           const Range* range = nullptr) {
  FieldShape row;
  row.name = name;
  row.reads = reads;
  row.offset = member.offset;
  row.store = member.store;
  row.range = range;
  return row;
}
constexpr FieldShape boolean(std::string_view name, Member member) {
  return field(name, Reads::boolean, member);
}
constexpr FieldShape integer(std::string_view name, Member member, const Range& range) {
  return field(name, Reads::integer, member, &range);
}
constexpr FieldShape amount(std::string_view name, Member member) {
  return integer(name, member, ranges::amount);
}
constexpr FieldShape revision(std::string_view name, Member member) {
  return field(name, Reads::revision, member, &ranges::count);
}
constexpr FieldShape text(std::string_view name, Member member, const Range& bytes) {
  return field(name, Reads::text, member, &bytes);
}
constexpr FieldShape instant(std::string_view name, Member member) {
  return field(name, Reads::instant, member);
}
constexpr FieldShape currency(std::string_view name, Member member) {
  return field(name, Reads::currency, member);
}
template <const auto& known>
inline constexpr names::Known names_of = names::known<known>();
constexpr FieldShape one_of(std::string_view name, Member member, const names::Known& known) {
  FieldShape row = field(name, Reads::name, member);
  row.known = &known;
  return row;
}
constexpr FieldShape object(std::string_view name, Member member, const Shape& shape) {
  FieldShape row = field(name, Reads::object, member);
  row.shape = &shape;
  return row;
}
constexpr FieldShape list(std::string_view name, Member member, const ListShape& entries,
                          const Range& count) {
  FieldShape row = field(name, Reads::list, member, &count);
  row.list = &entries;
  return row;
}
/// A field that a function reads, absent or not.
constexpr FieldShape special(std::string_view name, Special read) {
  FieldShape row;
  row.name = name;
  row.reads = Reads::special;
  row.special = read;
  return row;
}
constexpr FieldShape apart(std::string_view name) {
  FieldShape row;
  row.name = name;
  return row;
}
constexpr FieldShape needed(FieldShape row) {
  row.needed = true;
  return row;
}

/// The shape of objects that become a `T`.
template <class T, const auto& fields>
constexpr Shape of(Finish finish = nullptr) {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
  Shape shape;
  if constexpr (preview_only) {
    shape.fields = stored<fields>.fields;
    shape.names = joined<fields>().first;
  } else {
    shape.fields = fields;
    shape.slots = slots_of<fields>.places;
    shape.slot_mask = static_cast<std::uint8_t>(sizeof slots_of<fields>.places - 1);
  }
  shape.blank = &blank_of<T>;
  shape.finish = finish;
  shape.size = sizeof(T);
  shape.count = static_cast<std::uint8_t>(std::size(fields));
  return shape;
}

template <class T>
std::string_view id_of(const void* entry) {
  const auto& id = static_cast<const T*>(entry)->id;
  if constexpr (is_id<std::remove_cvref_t<decltype(id)>>) {
    return id.text();
  } else {
    return id;
  }
}

/// A list of objects that become `T`s.
template <class T>
constexpr ListShape list_of(const Shape& shape, CheckList check = nullptr) {
  return {&shape, nullptr, sizeof(T), nullptr, check};
}
/// The same, of which no two have the same id.
template <class T>
constexpr ListShape unique_list_of(const Shape& shape, CheckList check = nullptr) {
  return {&shape, nullptr, sizeof(T), &id_of<T>, check};
}
template <class T>
inline constexpr ListShape texts_of{nullptr, &store<T>, sizeof(T), nullptr, nullptr};

/// The place of a name among fields, found by the compiler.
template <std::size_t count>
consteval std::size_t place_of(std::string_view name, const FieldShape (&fields)[count]) {
  for (std::size_t i = 0; i < count; ++i) {
    if (fields[i].name == name) {
      return i;
    }
  }
  LOYALTY_CHECK(false);  // no such field: an error of the compiler
  return count;
}

}  // namespace shapes

/// The name of a field where it is at hand.
inline std::string_view name_of(const FieldShape& field) { return field.name; }
inline std::string_view name_of(const FieldRow&) { return {}; }

/// Finds the fields of an object. False, and recorded, where it is none.
bool find_members(Decoder& decoder, Members& in);

/// Reads the object at `at` into `to`, which is blank. False, and recorded, where it is none.
bool read_object(Decoder& decoder, const Shape& shape, Tape::Position at, void* to, Unknown unknown,
                 std::size_t index = 0);

/// Reads one field by a row, in a shape or alone; `to` is the object.
void read_by(Decoder& decoder, const FieldRow& row, const Field& field, void* to, Unknown unknown);

inline Field Members::at(std::size_t place) const {
  return {values[place], object, name_of(shape.fields[place])};
}

}  // namespace loyalty
