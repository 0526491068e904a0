#include "tests/json/hostile_texts.h"

#include <string_view>

namespace loyalty::test {
namespace {

using namespace std::string_view_literals;

struct Row {
  std::string_view text;
  ErrorCode code;
  std::string_view path;
};

using enum ErrorCode;

constexpr Row rows[] = {
    // Nothing, or not all of it.
    {"", invalid_json, ""},
    {" ", invalid_json, ""},
    {"\n\t\r ", invalid_json, ""},
    {"{", invalid_json, ""},
    {"[", invalid_json, "/0"},
    {"[[", invalid_json, "/0/0"},
    {"{\"", invalid_json, ""},
    {"{\"a", invalid_json, ""},
    {"{\"a\"", invalid_json, ""},
    {"{\"a\":", invalid_json, "/a"},
    {"{\"a\":1", invalid_json, ""},
    {"{\"a\":1,", invalid_json, ""},
    {"{\"a\":{", invalid_json, "/a"},
    {"{\"a\":{\"b\":[1,", invalid_json, "/a/b/1"},
    {"[1", invalid_json, ""},
    {"[1,", invalid_json, "/1"},
    {"[1,[2,3],{\"k\":t", invalid_json, "/2/k"},
    {"\"", invalid_json, ""},
    {"\"a", invalid_json, ""},
    {"[\"a", invalid_json, "/0"},
    {"\"\\", invalid_json, ""},
    {"t", invalid_json, ""},
    {"tru", invalid_json, ""},
    {"fals", invalid_json, ""},
    {"nul", invalid_json, ""},
    {"-", invalid_json, ""},

    // Brackets, commas and colons.
    {"}", invalid_json, ""},
    {"]", invalid_json, ""},
    {",", invalid_json, ""},
    {":", invalid_json, ""},
    {"{]", invalid_json, ""},
    {"[}", invalid_json, "/0"},
    {"[1}", invalid_json, ""},
    {"{\"a\":1]", invalid_json, ""},
    {"[1,]", invalid_json, "/1"},
    {"[,1]", invalid_json, "/0"},
    {"[1,,2]", invalid_json, "/1"},
    {"[1 2]", invalid_json, ""},
    {"[1:2]", invalid_json, ""},
    {"{,}", invalid_json, ""},
    {"{\"a\"}", invalid_json, ""},
    {"{\"a\":}", invalid_json, "/a"},
    {"{\"a\":1,}", invalid_json, ""},
    {"{\"a\":1,,\"b\":2}", invalid_json, ""},
    {"{\"a\":1 \"b\":2}", invalid_json, ""},
    {"{\"a\",1}", invalid_json, ""},
    {"{\"a\"::1}", invalid_json, "/a"},
    {"{\"a\" 1}", invalid_json, ""},
    {"{:1}", invalid_json, ""},
    {"{a:1}", invalid_json, ""},
    {"{'a':1}", invalid_json, ""},
    {"{1:2}", invalid_json, ""},
    {"{null:2}", invalid_json, ""},
    {"{true:2}", invalid_json, ""},
    {"{[]:2}", invalid_json, ""},
    {"['a']", invalid_json, "/0"},
    {"[`a`]", invalid_json, "/0"},

    // More than one value.
    {"{}{}", invalid_json, ""},
    {"[][]", invalid_json, ""},
    {"[1]]", invalid_json, ""},
    {"{}}", invalid_json, ""},
    {"1 2", invalid_json, ""},
    {"1,2", invalid_json, ""},
    {"null null", invalid_json, ""},
    {"{} x", invalid_json, ""},
    {"{}\n{}\n", invalid_json, ""},
    {"{}\0"sv, invalid_json, ""},
    {"\0"sv, invalid_json, ""},

    // Extensions of other readers.
    {"// comment\n1", invalid_json, ""},
    {"/* comment */1", invalid_json, ""},
    {"1 // comment", invalid_json, ""},
    {"# comment\n1", invalid_json, ""},
    {"{\"a\":1 /* comment */}", invalid_json, ""},
    {"undefined", invalid_json, ""},
    {"NaN", invalid_json, ""},
    {"nan", invalid_json, ""},
    {"Infinity", invalid_json, ""},
    {"-Infinity", invalid_json, ""},
    {"+Infinity", invalid_json, ""},
    {"inf", invalid_json, ""},
    {"[NaN]", invalid_json, "/0"},
    {"{\"a\":NaN}", invalid_json, "/a"},
    {"True", invalid_json, ""},
    {"TRUE", invalid_json, ""},
    {"FALSE", invalid_json, ""},
    {"Null", invalid_json, ""},
    {"NULL", invalid_json, ""},
    {"None", invalid_json, ""},
    {"truefalse", invalid_json, ""},
    {"nulll", invalid_json, ""},
    {"true1", invalid_json, ""},

    // Numbers that are not JSON.
    {"+1", invalid_json, ""},
    {"--1", invalid_json, ""},
    {"- 1", invalid_json, ""},
    {"01", invalid_json, ""},
    {"00", invalid_json, ""},
    {"-01", invalid_json, ""},
    {"-00", invalid_json, ""},
    {"007", invalid_json, ""},
    {".5", invalid_json, ""},
    {"-.5", invalid_json, ""},
    {"1.", invalid_json, ""},
    {"1.e1", invalid_json, ""},
    {"1..2", invalid_json, ""},
    {"1.2.3", invalid_json, ""},
    {"1e", invalid_json, ""},
    {"1e+", invalid_json, ""},
    {"1E-", invalid_json, ""},
    {"1e1.5", invalid_json, ""},
    {"1ee1", invalid_json, ""},
    {"e1", invalid_json, ""},
    {"01.5", invalid_json, ""},
    {"0x10", invalid_json, ""},
    {"0b1", invalid_json, ""},
    {"0o7", invalid_json, ""},
    {"1_000", invalid_json, ""},
    {"1,000", invalid_json, ""},
    {"1 000", invalid_json, ""},
    {"1n", invalid_json, ""},
    {"1L", invalid_json, ""},
    {"1f", invalid_json, ""},
    {"$1", invalid_json, ""},
    {"1%", invalid_json, ""},
    {"\xEF\xBC\x91", invalid_json, ""},  // full-width digit one
    {"\xD9\xA1", invalid_json, ""},      // Arabic-Indic digit one
    {"\xE2\x88\x92"
     "1",
     invalid_json, ""},  // minus sign U+2212
    {"[1,2,03]", invalid_json, "/2"},
    {"{\"cart\":{\"lines\":[{\"quantity\":+1}]}}", invalid_json, "/cart/lines/0/quantity"},

    // What looks like space or a beginning.
    {"\xEF\xBB\xBF{}", invalid_json, ""},
    {"\xEF\xBB\xBF", invalid_json, ""},
    {"{}\xEF\xBB\xBF", invalid_json, ""},
    {"\xFF\xFE{\0}\0"sv, invalid_json, ""},
    {"\xFE\xFF\0{\0}"sv, invalid_json, ""},
    {"{\0}\0"sv, invalid_json, ""},
    {"\x0B{}", invalid_json, ""},
    {"\x0C{}", invalid_json, ""},
    {"{}\x0C", invalid_json, ""},
    {"\xC2\xA0{}", invalid_json, ""},
    {"\xE2\x80\xA8{}", invalid_json, ""},
    {"[\x7F]", invalid_json, "/0"},
    {")]}'\n{}", invalid_json, ""},
    {"<json/>", invalid_json, ""},
    {"\x1E{}", invalid_json, ""},

    // Escapes that are not JSON.
    {"\"\\x41\"", invalid_json, ""},
    {"\"\\a\"", invalid_json, ""},
    {"\"\\'\"", invalid_json, ""},
    {"\"\\0\"", invalid_json, ""},
    {"\"\\v\"", invalid_json, ""},
    {"\"\\\n\"", invalid_json, ""},
    {"\"\\U0041\"", invalid_json, ""},
    {"\"\\u\"", invalid_json, ""},
    {"\"\\u0\"", invalid_json, ""},
    {"\"\\u00\"", invalid_json, ""},
    {"\"\\u004\"", invalid_json, ""},
    {"\"\\u004g\"", invalid_json, ""},
    {"\"\\u 041\"", invalid_json, ""},
    {"\"\\u+041\"", invalid_json, ""},
    {"\"\\u{41}\"", invalid_json, ""},
    {"\"\\uD83D\\u\"", invalid_json, ""},
    {"\"\\uD83D\\uDE0\"", invalid_json, ""},
    {"\"\\", invalid_json, ""},
    {"\"\\\"", invalid_json, ""},
    {"\"\\u00", invalid_json, ""},
    {"{\"\\x\":1}", invalid_json, ""},
    {"{\"a\":\"\\x\"}", invalid_json, "/a"},

    // Halves of surrogate pairs.
    {"\"\\uD83D\"", invalid_utf8, ""},
    {"\"\\uDE00\"", invalid_utf8, ""},
    {"\"\\uDE00\\uD83D\"", invalid_utf8, ""},
    {"\"\\uD83D\\uD83D\"", invalid_utf8, ""},
    {"\"\\uD83Dx\"", invalid_utf8, ""},
    {"\"\\uD83D\\n\"", invalid_utf8, ""},
    {"\"\\uD83D\\u0041\"", invalid_utf8, ""},
    {"\"\\uD83D\\uE000\"", invalid_utf8, ""},
    {"\"\\uD83D \\uDE00\"", invalid_utf8, ""},
    {"\"\\ud800\"", invalid_utf8, ""},
    {"\"\\udfff\"", invalid_utf8, ""},
    {"{\"a\":\"\\uD800\"}", invalid_utf8, "/a"},
    {"{\"\\uD800\":1}", invalid_utf8, ""},
    {"[0,{\"x\":[\"\\uDC00\"]}]", invalid_utf8, "/1/x/0"},

    // The same key twice, also when it is spelled in another way.
    {"{\"a\":1,\"a\":1}", duplicate_key, "/a"},
    {"{\"a\":1,\"b\":2,\"a\":3}", duplicate_key, "/a"},
    {"{\"a\":1,\"\\u0061\":2}", duplicate_key, "/a"},
    {"{\"\\u0061\":1,\"a\":2}", duplicate_key, "/a"},
    {"{\"/\":1,\"\\/\":2}", duplicate_key, "/~1"},
    {"{\"~\":1,\"~\":2}", duplicate_key, "/~0"},
    {"{\"a/b~c\":1,\"a/b~c\":2}", duplicate_key, "/a~1b~0c"},
    {"{\"\":1,\"\":2}", duplicate_key, "/"},
    {"{\"\xC3\xA4\":1,\"\\u00e4\":2}", duplicate_key, "/\xC3\xA4"},
    {"{\"\xF0\x9F\x98\x80\":1,\"\\uD83D\\uDE00\":2}", duplicate_key, "/\xF0\x9F\x98\x80"},
    {"{\"a\":{\"a\":1,\"a\":2}}", duplicate_key, "/a/a"},
    {"[{},{\"a\":1,\"a\":1}]", duplicate_key, "/1/a"},
    {"{\"a\":{\"x\":1,\"x\":1},\"b\":1,\"b\":1}", duplicate_key, "/a/x"},
    {"{\"b\":1,\"b\":1,\"a\":{\"x\":1,\"x\":1}}", duplicate_key, "/b"},
    {"{\"cart\":{},\"cart\":{}}", duplicate_key, "/cart"},
    {"{\"quantity\":1,\"unitPrice\":5,\"quantity\":1000}", duplicate_key, "/quantity"},
    {"{\"a\":null,\"a\":[[[[]]]]}", duplicate_key, "/a"},

    // Of several defects the first of the catalogue is told, wherever it stands.
    {"{\"a\":1,\"a\":1,", invalid_json, ""},
    {"{\"a\":\"\xFF\",\"b\":nope}", invalid_json, "/b"},
    {"{\"a\":1,\"a\":\"\xFF\"}", invalid_utf8, "/a"},
    {"[{\"a\":1,\"a\":1},\"\xFF\"]", invalid_utf8, "/1"},
    {"[\"\xFF\",\"\xFE\"]", invalid_utf8, "/0"},
    {"[\"\xFF\",{\"a\":1,\"a\":1}]", invalid_utf8, "/0"},
    {"{\"\xFF\":{\"a\":1,\"a\":1}}", invalid_utf8, ""},
    {"{\"\xFF\":{\"a\":nope}}", invalid_json, ""},
    {"{\"\xFF\":1,\"\xFF\":1}", invalid_utf8, ""},
};

/// Byte sequences that are not UTF-8 (RFC 3629).
constexpr std::string_view not_utf8[] = {
    "\x80",  // continuation without a beginning
    "\xBF",
    "\xC0\x80",  // NUL in two bytes
    "\xC0\xAF",  // slash in two bytes
    "\xC1\xBF",
    "\xC3",  // ends early
    "\xC3\x28",
    "\xC3\xC3",
    "\xE0\x80\xAF",  // slash in three bytes
    "\xE0\x9F\xBF",
    "\xE2\x82",
    "\xE2\x82\x28",
    "\xE2\x28\xAC",
    "\xED\xA0\x80",  // surrogates
    "\xED\xBF\xBF",
    "\xED\xA0\xBD\xED\xB8\x80",
    "\xF0\x80\x80\xAF",  // slash in four bytes
    "\xF0\x8F\xBF\xBF",
    "\xF0\x9F\x98",
    "\xF0\x9F\x98\x28",
    "\xF0\x28\x8C\xBC",
    "\xF4\x90\x80\x80",  // beyond U+10FFFF
    "\xF5\x80\x80\x80",
    "\xF8\x88\x80\x80\x80",
    "\xFC\x84\x80\x80\x80\x80",
    "\xFE",
    "\xFF",
};

std::string nested(std::size_t levels, char open, char close) {
  return std::string(levels, open) + std::string(levels, close);
}

void add_not_utf8(std::vector<HostileText>& to) {
  for (const std::string_view bad : not_utf8) {
    const std::string b{bad};
    to.push_back({"\"" + b + "\"", invalid_utf8, ""});
    to.push_back({"{\"cart\":{\"lines\":[{\"id\":\"a long enough id " + b + " \"}]}}", invalid_utf8,
                  "/cart/lines/0/id"});
    to.push_back({"{\"a\":{\"k" + b + "\":1}}", invalid_utf8, "/a"});
  }
}

void add_controls(std::vector<HostileText>& to) {
  for (int c = 0; c < 0x20; ++c) {
    to.push_back(
        {"{\"k\":\"a" + std::string(1, static_cast<char>(c)) + "b\"}", invalid_json, "/k"});
  }
}

void add_depths(std::vector<HostileText>& to) {
  std::string path;
  for (int i = 0; i < 32; ++i) {
    path += "/0";
  }
  std::string object_path;
  for (int i = 0; i < 32; ++i) {
    object_path += "/a";
  }
  std::string objects = "1";
  for (int i = 0; i < 33; ++i) {
    objects = "{\"a\":" + objects + "}";
  }
  to.push_back({nested(33, '[', ']'), too_deep, path});
  to.push_back({nested(100'000, '[', ']'), too_deep, path});
  to.push_back({objects, too_deep, object_path});
  to.push_back({"{\"b\":1,\"b\":" + objects + "}", duplicate_key, "/b"});
  to.push_back({nested(31, '[', ']'), none, ""});
  to.push_back({nested(32, '[', ']'), none, ""});
  to.push_back({std::string(100'000, '['), invalid_json, path});
  to.push_back({std::string(33, '[') + std::string(32, ']'), invalid_json, ""});
  to.push_back({std::string(40, '[') + "nope" + std::string(40, ']'), invalid_json, path});
  to.push_back({std::string(40, '[') + "\"\xFF\"" + std::string(40, ']'), invalid_utf8, path});
  to.push_back({std::string(40, '[') + "{\"a\":[]}" + std::string(40, ']'), too_deep, path});
  to.push_back({std::string(40, '[') + "{\"a\":[}" + std::string(40, ']'), invalid_json, path});
}

void add_many_keys(std::vector<HostileText>& to) {
  for (const std::size_t count : {30U, 31U, 32U, 33U, 34U, 40U, 5'000U}) {
    std::string object = "{";
    for (std::size_t i = 0; i < count; ++i) {
      object += "\"key" + std::to_string(i) + "\":[" + std::to_string(i) + "],";
    }
    to.push_back({object + "\"last\":0}", none, ""});
    to.push_back({object + "\"key7\":0}", duplicate_key, "/key7"});
    to.push_back({object + "\"key" + std::to_string(count - 1) + "\":0}", duplicate_key,
                  "/key" + std::to_string(count - 1)});
  }
}

}  // namespace

std::vector<HostileText> hostile_texts() {
  std::vector<HostileText> all;
  for (const Row& row : rows) {
    all.push_back({std::string{row.text}, row.code, std::string{row.path}});
  }
  add_not_utf8(all);
  add_controls(all);
  add_depths(all);
  add_many_keys(all);
  return all;
}

}  // namespace loyalty::test
