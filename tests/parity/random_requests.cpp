#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/json/door.h"
#include "core/json/encode.h"
#include "tests/parity/defects.h"
#include "tests/property/random.h"
#include "tests/property/world.h"

/// Checkouts with the native core's answers, one JSON object a line, for other builds of the core
/// to be compared with:
///
///   random_requests [--seed S] [--from A] [--count N]    random ones, numbers A to A + N - 1
///   random_requests --scenarios DIR                      those of a folder of scenarios
///
/// A line is {"name", "catalog", "request", "answer", "whole", "best"?}. The catalog is opened
/// first, then the request, without it, asked. `answer` is the text with the digest, or of the
/// error of the one or the other; `whole` the same with explain, offers and near misses in place of
/// the digest (only where there is no error); `best` that of optimize. About every tenth random
/// checkout has something wrong in it. A scenario that no JavaScript object can carry has a `skip`
/// that says why.
namespace loyalty::parity {
namespace {

using property::Random;
using property::World;

struct Arguments {
  std::uint64_t seed = 20'250'301;
  std::uint64_t from = 0;
  std::uint64_t count = 1'000;
  std::string scenarios;
};

/// Large amounts, whose products need more than 64 bits.
void enlarge(World& world, Random& random) {
  for (CartLine& line : world.lines) {
    line.quantity = random.one_in(3) ? random.between(1, 1'000'000) : line.quantity;
    line.unit_price = Money::minor(random.between(0, 1'000'000'000'000 / line.quantity));
    line.min_unit_price = min(line.min_unit_price, line.unit_price);
    line.list_unit_price = std::nullopt;
  }
  world.account.available = Points::of(random.between(0, 999'999'999));
}

/// Texts that are longer in UTF-8 than in UTF-16, and not in the order of either.
void rename_lines(World& world, Random& random) {
  constexpr std::string_view names[] = {"\xc3\xa9t\xc3\xa9", "\xf0\x9f\x91\x9f",
                                        "\xef\xbc\xa1",      "\"quoted\" \\ /",
                                        "tab\tand\x01",      "\xe2\x80\xa8\x7f"};
  for (std::size_t i = 0; i < world.lines.size(); ++i) {
    const std::string name = std::string(names[random.below(std::size(names))]) + std::to_string(i);
    world.lines[i].id = LineId{world.text(name)};
  }
}

json random_request(Random& random, bool& has_defect) {
  World world = property::random_world(random);
  if (random.one_in(6)) {
    enlarge(world, random);
  }
  if (random.one_in(8)) {
    rename_lines(world, random);
  }
  json request = json::parse(property::describe(world));
  has_defect = random.one_in(10);
  if (has_defect) {
    // In one of the documents that a page hands over, for it hands over nothing else.
    static constexpr const char* parts[] = {"catalog", "catalog", "cart", "account", "intent"};
    const char* const part = parts[random.below(std::size(parts))];
    if (random.one_in(20)) {
      request.erase(random.one_in(2) ? "now" : part == std::string_view("catalog") ? "cart" : part);
    } else if (random.one_in(20)) {
      json now = json::array({request["now"]});
      damage(now, random);
      request["now"] = now.empty() ? json() : now[0];
    } else if (request.contains("resolved") && random.one_in(8)) {
      damage(request["resolved"], random);
    } else if (request.contains(part)) {
      damage(request[part], random);
    }
  }
  return request;
}

std::string refusal(const Error& error) {
  Writer writer;
  writer.begin_object();
  writer.key("error");
  encode(error, writer);
  writer.key("ok");
  writer.value(false);
  writer.end_object();
  return std::string(writer.text());
}

/// A list of wishes put into the text of a request that has none.
std::string with_want(const std::string& request, const char* want) {
  return request.substr(0, request.rfind('}')) + (request.size() > 2 ? "," : "") +
         "\"want\":" + want + "}";
}

/// A JSON object, member by member.
class Line {
 public:
  Line& raw(const char* name, std::string_view json) {
    text_ += text_.empty() ? "{\"" : ",\"";
    text_.append(name).append("\":").append(json);
    return *this;
  }
  Line& text(const char* name, std::string_view value) { return raw(name, json(value).dump()); }
  void print() const { std::printf("%s}\n", text_.c_str()); }

 private:
  std::string text_;
};

void answer(Door& door, const std::string& catalog, const std::string& request, bool wants_best,
            Line& line) {
  line.raw("catalog", catalog).raw("request", request);
  if (const auto error = door.open_catalog(catalog)) {
    line.text("answer", refusal(*error));
    return;
  }
  const std::string answered{door.quote(with_want(request, R"(["digest"])"))};
  line.text("answer", answered);
  if (answered.find(R"("ok":true)") == std::string::npos) {
    return;
  }
  line.text("whole", door.quote(with_want(request, R"(["explain","offers","nearMisses"])")));
  if (wants_best) {
    line.text("best", door.optimize(request));
  }
}

void print_random(const Arguments& arguments) {
  Door door;
  for (std::uint64_t i = arguments.from; i < arguments.from + arguments.count; ++i) {
    Random random{arguments.seed + i};
    bool has_defect = false;
    json request = random_request(random, has_defect);
    const std::string catalog = text_of(request.value("catalog", json()));
    request.erase("catalog");
    Line line;
    line.text("name", "random " + std::to_string(i) + (has_defect ? ", damaged" : ""));
    answer(door, catalog, text_of(request), i % 10 == 0, line);
    line.print();
  }
}

/// Finds in a JSON text what does not survive JavaScript's JSON.parse.
class Carrier : public nlohmann::json_sax<json> {
 public:
  const char* obstacle = nullptr;

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t value) override {
    if (value == 0) {  // numbers without a sign are number_unsigned
      obstacle = "minus zero, which JavaScript writes as 0";
    }
    return true;
  }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t value, const string_t& text) override {
    const bool is_digits = text.find_first_of(".eE") == std::string::npos;
    if (!is_digits && std::abs(value) < 1e21 && std::trunc(value) == value) {
      obstacle = "a whole number written with a fraction or an exponent";
    }
    return true;
  }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override {
    keys_.emplace_back();
    return true;
  }
  bool key(string_t& name) override {
    if (!keys_.back().insert(name).second) {
      obstacle = "a key twice";
    }
    return true;
  }
  bool end_object() override {
    keys_.pop_back();
    return true;
  }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

 private:
  std::vector<std::set<std::string>> keys_;
};

std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// The catalog and the request of a scenario, both as texts, or why it has none for JavaScript.
const char* read_scenario(const json& scenario, const std::filesystem::path& folder,
                          std::string& catalog, std::string& request) {
  Carrier carrier;
  if (scenario.contains("document")) {
    const std::string text = scenario["document"];
    const json document = json::parse(text, nullptr, false);
    if (scenario.contains("padTo")) {
      return "spaces around a document";
    }
    if (text.find("\\ud800\"") != std::string::npos) {
      // nlohmann refuses what JavaScript reads; the catalog of such a scenario stands before it.
      const std::size_t from = text.find("\"catalog\":") + 10;
      catalog = text.substr(from, text.find(",\"cart\"") - from);
      request = text;
      return nullptr;
    }
    if (!document.is_object() || !json::sax_parse(text, &carrier)) {
      return "no JSON object";
    }
    if (!document.contains("catalog")) {
      return "no catalog to open";
    }
    catalog = document["catalog"].dump();
    request = text;
  } else {
    json held = scenario.value("catalog", json());
    if (held.is_string()) {
      held = json::parse(read_text(folder / held.get<std::string>()));
    }
    if (!scenario.contains("catalog")) {
      return "no catalog to open";
    }
    json asked = json::object();
    for (const char* name : {"account", "cart", "intent", "now", "resolved"}) {
      if (scenario.contains(name)) {
        asked[name] = scenario[name];
      }
    }
    catalog = held.dump();
    request = asked.dump();
    json::sax_parse(request, &carrier);
    if (carrier.obstacle == nullptr) {
      json::sax_parse(catalog, &carrier);
    }
  }
  return carrier.obstacle;
}

void print_scenarios(const Arguments& arguments) {
  const std::filesystem::path folder = arguments.scenarios;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") {
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  Door door;
  for (const std::filesystem::path& path : paths) {
    const json scenario = json::parse(read_text(path));
    Line line;
    line.text("name", path.stem().string());
    std::string catalog;
    std::string request;
    if (const char* const obstacle = read_scenario(scenario, folder, catalog, request)) {
      line.text("skip", obstacle);
    } else {
      answer(door, catalog, request, true, line);
    }
    line.print();
  }
}

bool read_number(const char* text, std::uint64_t& number) {
  const char* const end = text + std::strlen(text);
  const auto [stop, error] = std::from_chars(text, end, number);
  return error == std::errc{} && stop == end;
}

bool read_arguments(int argc, char** argv, Arguments& arguments) {
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
    if (name == "--scenarios") {
      arguments.scenarios = argv[i + 1];
    } else if (std::uint64_t* const number = name == "--seed"    ? &arguments.seed
                                             : name == "--from"  ? &arguments.from
                                             : name == "--count" ? &arguments.count
                                                                 : nullptr;
               number == nullptr || !read_number(argv[i + 1], *number)) {
      return false;
    }
  }
  return argc % 2 == 1;
}

}  // namespace
}  // namespace loyalty::parity

int main(int argc, char** argv) {
  using namespace loyalty::parity;
  Arguments arguments;
  if (!read_arguments(argc, argv, arguments)) {
    std::fprintf(stderr,
                 "usage: random_requests [--seed S] [--from A] [--count N] | --scenarios DIR\n");
    return 2;
  }
  if (arguments.scenarios.empty()) {
    print_random(arguments);
  } else {
    print_scenarios(arguments);
  }
  return std::fflush(stdout) == 0 ? 0 : 3;
}
