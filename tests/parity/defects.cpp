#include "tests/parity/defects.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace loyalty::parity {
namespace {

using property::Random;

/// Stands in a text for JSON that nlohmann cannot hold; see text_of().
struct Raw {
  const char* mark;
  const char* json;
};
constexpr Raw raws[] = {
    {"<raw:beyond-64-bits>", "20000000000000000000"},
    {"<raw:below-64-bits>", "-9223372036854775809"},
    {"<raw:exponent>", "1e21"},
    {"<raw:high-surrogate>", R"("\ud800")"},
    {"<raw:low-surrogate>", R"("shoes \udc00")"},
};
/// The same for a key, where only the half pair can stand.
constexpr Raw raw_key = {"<raw-key>", R"(\udfff)"};

/// A member of the document: the container, and where in it.
struct Place {
  json* container;
  std::string key;
  std::size_t index = 0;

  json& value() const { return container->is_object() ? (*container)[key] : (*container)[index]; }
};

void collect(json& value, std::vector<Place>& places) {
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) {
      places.push_back({&value, key});
      collect(member, places);
    }
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      places.push_back({&value, "", i});
      collect(value[i], places);
    }
  }
}

/// One of the places whose value passes the test; null where none does.
template <class Test>
const Place* one_place(const std::vector<Place>& places, Random& random, Test test) {
  std::vector<const Place*> found;
  for (const Place& place : places) {
    if (test(place.value())) {
      found.push_back(&place);
    }
  }
  return found.empty() ? nullptr : found[random.below(found.size())];
}

bool is_integer(const json& value) { return value.is_number_integer(); }
bool is_text(const json& value) { return value.is_string(); }
bool is_object(const json& value) { return value.is_object(); }
bool is_list(const json& value) { return value.is_array() && !value.empty(); }
bool is_anything(const json&) { return true; }

json nested(std::int64_t levels, bool objects) {
  json value = 1;
  for (; levels > 0; --levels) {
    value = objects ? json{{"deeper", value}} : json::array({value});
  }
  return value;
}

json of_another_type(Random& random) {
  const json values[] = {nullptr, true, false, "text", 7, json::array(), json::object(), 0.5};
  return values[random.below(std::size(values))];
}

json odd_number(Random& random) {
  const json values[] = {-1,
                         0,
                         1'000'000,
                         1'000'001,
                         10'000'000,
                         999'999'999,
                         1'000'000'000'000,
                         1'000'000'000'001,
                         100'000'000'000'001,
                         9'007'199'254'740'991,
                         9'007'199'254'740'993,
                         INT64_MAX,
                         INT64_MIN,
                         UINT64_MAX,
                         raws[0].mark,
                         raws[1].mark,
                         raws[2].mark};
  return values[random.below(std::size(values))];
}

json odd_text(Random& random) {
  const json values[] = {"",
                         " ",
                         "XXX",
                         "eur",
                         "USD",
                         "JPY",
                         "percents",
                         "2025-02-30T00:00:00Z",
                         "2025-03-01T00:00:00+01:00",
                         "2025-03-01",
                         "2200-01-01T00:00:00Z",
                         std::string("a\0b", 3),
                         "\xc3\xa9\xf0\x9f\x8e\x89\xe2\x80\xa8",
                         std::string(128, 'x'),
                         std::string(129, 'x'),
                         std::string(1'025, 'x'),
                         raws[3].mark,
                         raws[4].mark};
  return values[random.below(std::size(values))];
}

std::string odd_key(Random& random) {
  const std::string_view keys[] = {"unknown", "__proto__", "constructor", "toJSON",
                                   "length",  "1",         "0",           "",
                                   "id ",     "\xc3\xa9",  raw_key.mark};
  return std::string(keys[random.below(std::size(keys))]);
}

void damage_once(json& document, Random& random) {
  std::vector<Place> places;
  collect(document, places);
  if (places.empty()) {
    return;
  }
  const std::size_t kind = random.below(11);
  const Place* const place = kind == 1 || kind == 2   ? one_place(places, random, is_integer)
                             : kind == 3 || kind == 4 ? one_place(places, random, is_text)
                             : kind == 5              ? one_place(places, random, is_object)
                             : kind == 6 || kind == 7 ? one_place(places, random, is_list)
                                                      : one_place(places, random, is_anything);
  if (place == nullptr) {
    return;
  }
  json& value = place->value();
  switch (kind) {
    case 0:
      value = of_another_type(random);
      return;
    case 1:
      value = random.one_in(2) ? json(static_cast<double>(random.between(0, 1'000)) + 0.5)
                               : random.one_of<json>({0.1, -0.5, 1e-7, 123456789.25});
      return;
    case 2:
      value = odd_number(random);
      return;
    case 3:
    case 4:
      value = odd_text(random);
      return;
    case 5:
      value[odd_key(random)] = random.one_in(2) ? json(1) : nested(3, true);
      return;
    case 6: {
      const json copy = value[random.below(value.size())];
      value.push_back(copy);
      return;
    }
    case 7: {
      const json copy = value.front();
      const std::int64_t count = random.one_of<std::int64_t>({17, 21, 65});
      while (static_cast<std::int64_t>(value.size()) < count) {
        value.push_back(copy);
      }
      return;
    }
    case 8:
      value = nested(random.one_of<std::int64_t>({5, 28, 31, 33, 60}), random.one_in(2));
      return;
    default:
      if (place->container->is_object()) {
        place->container->erase(place->key);
      } else {
        place->container->erase(place->index);
      }
  }
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

void damage(json& document, Random& random) {
  damage_once(document, random);
  while (random.one_in(4)) {
    damage_once(document, random);
  }
}

std::string text_of(const json& document) {
  std::string text = document.dump();
  if (text.find("<raw") == std::string::npos) {
    return text;
  }
  for (const Raw& raw : raws) {
    replace_all(text, '"' + std::string(raw.mark) + '"', raw.json);
  }
  replace_all(text, raw_key.mark, raw_key.json);
  return text;
}

}  // namespace loyalty::parity
