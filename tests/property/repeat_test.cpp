#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/json/encode.h"
#include "core/json/writer.h"
#include "tests/property/random.h"
#include "tests/property/world.h"

/// A workspace keeps what it can from quote to quote; its answers are those of a new one.
namespace loyalty::property {
namespace {

std::string text_of(const Quote& quote) {
  Writer to;
  encode(quote, "", to);
  return std::string(to.text());
}

/// What a new workspace answers.
std::string anew(World& world, Wanted wanted) {
  const oracle::Case fresh = world.link();
  const CompiledCatalog compiled{*fresh.catalog};
  Workspace workspace;
  prepare(compiled, {fresh.account, fresh.cart, fresh.resolved}, workspace);
  wanted.lines_later = false;
  return text_of(quote(fresh.intent, fresh.now, wanted, workspace));
}

/// The choice in memory that the next one overwrites, as a caller may hold it.
class Lent {
 public:
  Intent lend(const std::vector<Choice>& chosen) {
    chosen_ = chosen;
    texts_.assign(texts_.size(), '?');
    std::size_t size = 0;
    for (const Choice& choice : chosen) {
      size += choice.text.size();
    }
    if (texts_.size() < size) {
      texts_.resize(size);
    }
    std::size_t at = 0;
    for (Choice& choice : chosen_) {
      choice.text.copy(texts_.data() + at, choice.text.size());
      choice.text = {texts_.data() + at, choice.text.size()};
      at += choice.text.size();
    }
    return {chosen_};
  }

 private:
  std::vector<Choice> chosen_;
  std::string texts_;
};

void change_chosen(Random& random, const std::vector<Choice>& all, World& world) {
  std::vector<Choice>& chosen = world.chosen;
  if (random.one_in(2) && !chosen.empty()) {
    chosen.erase(chosen.begin() + static_cast<std::ptrdiff_t>(random.below(chosen.size())));
  } else {
    chosen = all;
    if (!chosen.empty()) {
      std::swap(chosen.front(), chosen[random.below(chosen.size())]);
    }
  }
}

void change_points(Random& random, World& world) {
  for (Choice& choice : world.chosen) {
    if (choice.kind == ChoiceKind::reward && random.one_in(2)) {
      choice.points =
          random.one_in(4)
              ? std::nullopt
              : std::optional{Points::of(random.between(1, random.one_in(2) ? 20 : 900))};
    }
  }
}

TEST(RepeatedQuotes, AnswerAsANewWorkspaceDoes) {
  LOYALTY_FOR_EACH_CASE(3'000, random) {
    SCOPED_TRACE(repeat_with(loyalty_case));
    Richness richness;
    richness.conditions = random.one_in(2);
    richness.exclusive = random.one_in(4);
    World world = random_world(random, richness);
    const std::vector<Choice> all = world.chosen;
    const oracle::Case kept = world.link();
    const CompiledCatalog compiled{*kept.catalog};
    static Workspace workspace;
    const auto prepare_kept = [&] {
      prepare(compiled, {kept.account, kept.cart, kept.resolved}, workspace);
    };
    prepare_kept();
    Lent lent;
    for (int step = 0; step < 12; ++step) {
      switch (random.below(9)) {
        case 0:
          world.now = Instant::from_ms(world.now.ms() + random.between(-90, 90) * 86'400'000);
          break;
        case 1:
          change_chosen(random, all, world);
          break;
        case 2:
        case 3:
          change_points(random, world);
          break;
        case 4:
          prepare_kept();
          break;
        case 5:
          quote(lent.lend(world.chosen), world.now, {.offers = true, .near_misses = true},
                workspace);
          if (random.one_in(4)) {
            optimize(lent.lend(world.chosen), world.now, {}, workspace);
          }
          break;
        default:
          if (!world.lines.empty()) {
            const std::size_t line = random.below(world.lines.size());
            world.lines[line].quantity = random.between(1, random.one_in(3) ? 40 : 4);
            set_quantity(line, world.lines[line].quantity, workspace);
          }
      }
      const Wanted wanted{.explain = random.one_in(4),
                          .offers = random.one_in(6),
                          .near_misses = random.one_in(6),
                          .lines_later = random.one_in(2)};
      const Quote& again = quote(lent.lend(world.chosen), world.now, wanted, workspace);
      write_lines(workspace);
      ASSERT_EQ(text_of(again), anew(world, wanted)) << "step " << step << "\n" << describe(world);
    }
  }
}

}  // namespace
}  // namespace loyalty::property
