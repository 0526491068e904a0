#include "core/json/shape.h"

#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "core/json/decode.h"
#include "core/json/reader.h"

namespace loyalty {
namespace {

using namespace shapes;

enum class Colour : std::uint8_t { red, green };
constexpr std::string_view colours[] = {"red", "green"};

struct Part {
  std::string_view id;
  std::int64_t size = 5;
};
struct Thing {
  std::int64_t count = 1;
  std::optional<Money> price;
  bool flag = true;
  Colour colour = Colour::red;
  std::optional<Part> part;
  std::span<const Part> parts;
  std::span<const std::string_view> words;
  std::optional<Instant> at;
};

constexpr Range counts{0, 9};
constexpr Range any{0, 3};
constexpr Range some{1, 2};

constexpr FieldShape part_fields[] = {
    needed(text("id", LOYALTY_MEMBER(Part, id), some)),
    integer("size", LOYALTY_MEMBER(Part, size), counts),
};
constexpr Shape part_shape = of<Part, part_fields>();
constexpr ListShape parts_list = unique_list_of<Part>(part_shape);

void check_flag(Decoder& decoder, Members& in, void* object);

constexpr FieldShape thing_fields[] = {
    needed(integer("count", LOYALTY_MEMBER(Thing, count), counts)),
    amount("price", LOYALTY_MEMBER(Thing, price)),
    boolean("flag", LOYALTY_MEMBER(Thing, flag)),
    one_of("colour", LOYALTY_MEMBER(Thing, colour), names_of<colours>),
    object("part", LOYALTY_MEMBER(Thing, part), part_shape),
    list("parts", LOYALTY_MEMBER(Thing, parts), parts_list, any),
    list("words", LOYALTY_MEMBER(Thing, words), texts_of<std::string_view>, some),
    instant("at", LOYALTY_MEMBER(Thing, at)),
};
constexpr Shape thing_shape = of<Thing, thing_fields>(check_flag);

void check_flag(Decoder& decoder, Members& in, void* object) {
  if (!static_cast<const Thing*>(object)->flag) {
    decoder.fail(ErrorCode::unknown_value, in.at(place_of("flag", thing_fields)));
  }
}

/// Reads a document as a Thing; `ok`, or code and path.
class ShapeTest : public testing::Test {
 protected:
  std::string read(std::string json, Unknown unknown = Unknown::refused) {
    text_ = std::move(json);
    EXPECT_FALSE(reader_.read(text_, 1'000, arena_).has_value());
    thing = {};
    Decoder decoder{reader_.tape(), arena_, texts_};
    read_object(decoder, thing_shape, 0, &thing, unknown);
    if (decoder.ok()) {
      return "ok";
    }
    const Error error = decoder.take_error();
    EXPECT_EQ(error.code, decoder.code());
    return std::string(name_of(error.code)) + " at " + error.path;
  }

  Thing thing;

 private:
  std::string text_;
  Reader reader_;
  Arena arena_;
  TextSet texts_;
};

TEST_F(ShapeTest, FillsMembersOfAllKinds) {
  ASSERT_EQ(read(R"({"count":3,"price":250,"flag":true,"colour":"green","part":{"id":"p"},)"
                 R"("parts":[{"id":"a"},{"size":2,"id":"b"}],"words":["x","yz"],)"
                 R"("at":"1970-01-01T00:00:01Z"})"),
            "ok");
  EXPECT_EQ(thing.count, 3);
  EXPECT_EQ(thing.price, Money::minor(250));
  EXPECT_EQ(thing.colour, Colour::green);
  ASSERT_TRUE(thing.part.has_value());
  EXPECT_EQ(thing.part->id, "p");
  EXPECT_EQ(thing.part->size, 5);
  ASSERT_EQ(thing.parts.size(), 2U);
  EXPECT_EQ(thing.parts[0].size, 5);
  EXPECT_EQ(thing.parts[1].size, 2);
  ASSERT_EQ(thing.words.size(), 2U);
  EXPECT_EQ(thing.words[1], "yz");
  EXPECT_EQ(thing.at, Instant::from_ms(1'000));
}

TEST_F(ShapeTest, AbsentFieldsKeepTheirDefaults) {
  ASSERT_EQ(read(R"({"count":0})"), "ok");
  EXPECT_EQ(thing.count, 0);
  EXPECT_FALSE(thing.price.has_value());
  EXPECT_TRUE(thing.flag);
  EXPECT_EQ(thing.colour, Colour::red);
  EXPECT_FALSE(thing.part.has_value());
  EXPECT_TRUE(thing.parts.empty());
  EXPECT_FALSE(thing.at.has_value());
}

TEST_F(ShapeTest, RefusesWhatARowDoesNotAllow) {
  EXPECT_EQ(read(R"([])"), "WRONG_TYPE at ");
  EXPECT_EQ(read(R"({})"), "MISSING_FIELD at /count");
  EXPECT_EQ(read(R"({"count":10})"), "OUT_OF_RANGE at /count");
  EXPECT_EQ(read(R"({"count":1,"flag":1})"), "WRONG_TYPE at /flag");
  EXPECT_EQ(read(R"({"count":1,"colour":"blue"})"), "UNKNOWN_VALUE at /colour");
  EXPECT_EQ(read(R"({"count":1,"part":{}})"), "MISSING_FIELD at /part/id");
  EXPECT_EQ(read(R"({"count":1,"words":[]})"), "OUT_OF_RANGE at /words");
  EXPECT_EQ(read(R"({"count":1,"words":["a","b","c"]})"), "TOO_MANY at /words");
  EXPECT_EQ(read(R"({"count":1,"at":"soon"})"), "INVALID_TIME at /at");
}

TEST_F(ShapeTest, TheFirstRowGoesFirstWhateverTheOrderOfTheText) {
  EXPECT_EQ(read(R"({"flag":7,"price":"x","count":1})"), "WRONG_TYPE at /price");
}

TEST_F(ShapeTest, AskedForOrNotUnknownFieldsFollowThePolicy) {
  EXPECT_EQ(read(R"({"count":1,"part":{"id":"p","zzz":1,"yyy":1}})"), "UNKNOWN_FIELD at /part/yyy");
  EXPECT_EQ(read(R"({"count":1,"part":{"id":"p","zzz":1}})", Unknown::ignored), "ok");
}

TEST_F(ShapeTest, TheSecondEntryWithAnIdIsRefused) {
  EXPECT_EQ(read(R"({"count":1,"parts":[{"id":"a"},{"id":"b"},{"id":"a"}]})"),
            "DUPLICATE_ID at /parts/2/id");
}

TEST_F(ShapeTest, AFunctionChecksTheWholeObject) {
  EXPECT_EQ(read(R"({"count":1,"flag":false})"), "UNKNOWN_VALUE at /flag");
}

TEST(Accept, TellsTheCodeThatReadingTells) {
  const std::string texts[] = {
      R"({"cart":{"currency":"EUR","lines":[]},"now":"2025-03-01T00:00:00Z"})",
      R"({"cart":{"currency":"USD","lines":[]},"now":"2025-03-01T00:00:00Z"})",
      R"({"cart":{"currency":"EUR","lines":[{"id":"a"}]},"now":"x"})",
      R"([])",
  };
  Result<std::unique_ptr<CatalogDocument>> catalog = CatalogDocument::from_json(
      R"({"version":"1","currency":"EUR","program":{"status":"ACTIVE"}})");
  ASSERT_TRUE(catalog);
  for (const std::string& text : texts) {
    Reader reader;
    Arena arena;
    ASSERT_FALSE(reader.read(text, 1'000, arena).has_value());
    RequestDocument document;
    const std::optional<Error> error = document.read(reader.tape(), &catalog.value()->catalog());
    const ErrorCode code = document.accept(reader.tape(), &catalog.value()->catalog());
    EXPECT_EQ(code, error ? error->code : ErrorCode::none) << text;
  }
}

}  // namespace
}  // namespace loyalty
