#include "native/replay/report.h"

#include <algorithm>
#include <cstdlib>

#include "core/json/encode_parts.h"
#include "native/explain/scene.h"
#include "native/text/table.h"
#include "native/text/utf8.h"

namespace loyalty::cli {
namespace {

constexpr std::size_t promotions_listed = 20;
constexpr std::size_t name_columns_max = 44;

/// A difference shows its sign, and nothing where nothing changed.
std::string signed_text(const std::string& text, std::int64_t number) {
  return number > 0 ? "+" + text : number == 0 ? "0" : text;
}

Role role_of(std::int64_t difference) { return difference == 0 ? Role::quiet : Role::figure; }

class Report {
 public:
  Report(const Tally& tally, Currency currency, const Style& style)
      : tally_{tally}, currency_{currency}, style_{style} {}

  std::string text() { return carts() + figures() + promotions() + biggest() + bad_lines(); }

 private:
  std::string money(std::int64_t minor) const { return amount(Money::minor(minor), currency_); }
  std::string money_difference(const Pair& pair) const {
    return signed_text(money(pair.difference()), pair.difference());
  }
  static std::string count_difference(const Pair& pair) {
    return signed_text(count(pair.difference()), pair.difference());
  }
  static std::string number(std::size_t n) { return count(static_cast<std::int64_t>(n)); }

  std::string title(std::string_view text) const {
    return "\n  " + style_(Role::title, text) + "\n";
  }

  std::string carts() const {
    Table table{{Align::left, Align::right, Align::left}};
    table.row({"carts quoted twice", number(tally_.carts)});
    table.row({"changed", number(tally_.changed)}, {Role::title, Role::figure});
    table.row({"  pay less", number(tally_.cheaper)});
    table.row({"  pay more", number(tally_.dearer)});
    table.row({"  only points differ", number(tally_.changed - tally_.cheaper - tally_.dearer)});
    if (tally_.bad > 0) {
      table.row({"lines that are no cart", number(tally_.bad)}, {Role::bad, Role::bad});
    }
    return title("Carts") + table.text(style_);
  }

  std::string figures() const {
    Table table{{Align::left, Align::right, Align::right, Align::right}};
    table.row({"", "old", "new", "difference"}, Role::quiet).rule();
    const auto row = [&](const char* name, const Pair& pair, bool is_money) {
      table.row({name, is_money ? money(pair.before) : count(pair.before),
                 is_money ? money(pair.after) : count(pair.after),
                 is_money ? money_difference(pair) : count_difference(pair)},
                {Role::plain, Role::plain, Role::plain, role_of(pair.difference())});
    };
    row("payable", tally_.payable, true);
    row("discounts", tally_.discounts, true);
    row("points earned", tally_.earned, false);
    row("points spent", tally_.spent, false);
    return title("Sums, in " + std::string{currency_.code()}) + table.text(style_);
  }

  std::string promotions() const {
    using Entry = std::pair<const PromotionKey*, const PromotionTally*>;
    std::vector<Entry> entries;
    for (const auto& [key, promotion] : tally_.promotions) {
      entries.emplace_back(&key, &promotion);
    }
    std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
      return std::abs(a.second->amount.difference()) > std::abs(b.second->amount.difference());
    });
    if (entries.empty()) {
      return "";
    }
    Table table{{Align::left, Align::left, Align::right, Align::right, Align::right, Align::right,
                 Align::right}};
    table.row({"", "", "uses, old", "new", "amount, old", "new", "difference"}, Role::quiet).rule();
    for (std::size_t i = 0; i < std::min(entries.size(), promotions_listed); ++i) {
      const auto& [key, promotion] = entries[i];
      table.row({shortened(printable(key->second), name_columns_max),
                 std::string{kind_words(key->first)}, count(promotion->uses.before),
                 count(promotion->uses.after), money(promotion->amount.before),
                 money(promotion->amount.after), money_difference(promotion->amount)},
                {Role::plain, Role::quiet, Role::plain, Role::plain, Role::plain, Role::plain,
                 role_of(promotion->amount.difference())});
    }
    std::string out = title("Discounts") + table.text(style_);
    if (entries.size() > promotions_listed) {
      out += style_(Role::quiet, "  and " + number(entries.size() - promotions_listed) +
                                     " more that differ less\n");
    }
    return out;
  }

  std::string biggest() const {
    if (tally_.biggest.empty()) {
      return "";
    }
    Table table{
        {Align::right, Align::left, Align::right, Align::right, Align::right, Align::right}};
    table.row({"line", "cart", "pays, old", "new", "difference", "points gained"}, Role::quiet)
        .rule();
    for (const Change& change : tally_.biggest) {
      table.row({std::to_string(change.line), shortened(printable(change.cart), name_columns_max),
                 money(change.payable.before), money(change.payable.after),
                 money_difference(change.payable), count_difference(change.points)},
                {Role::quiet, Role::plain, Role::plain, Role::plain,
                 role_of(change.payable.difference()), Role::plain});
    }
    return title("The biggest changes") + table.text(style_);
  }

  std::string bad_lines() const {
    if (tally_.bad_lines.empty()) {
      return "";
    }
    Table table{{Align::right, Align::left, Align::left, Align::left}};
    for (const BadLine& bad : tally_.bad_lines) {
      table.row({std::to_string(bad.line), std::string{name_of(bad.error.code)},
                 printable(bad.error.path), printable(bad.error.message)},
                {Role::quiet, Role::bad, Role::plain, Role::plain});
    }
    const std::size_t more = tally_.bad - tally_.bad_lines.size();
    return title("Lines that are no cart") + table.text(style_) +
           (more == 0 ? "" : style_(Role::quiet, "  and " + number(more) + " more\n"));
  }

  const Tally& tally_;
  Currency currency_;
  const Style& style_;
};

template <std::size_t Size>
void encode_pair(loyalty::Writer& to, const char (&name)[Size], const Pair& pair) {
  to.key(name);
  to.begin_object();
  member(to, "difference", pair.difference());
  member(to, "new", pair.after);
  member(to, "old", pair.before);
  to.end_object();
}

template <std::size_t Size>
void encode_count(loyalty::Writer& to, const char (&name)[Size], std::size_t number) {
  member(to, name, static_cast<std::int64_t>(number));
}

void encode_lists(const Tally& tally, loyalty::Writer& to) {
  members(to, "badLines", std::span<const BadLine>{tally.bad_lines}, [&](const BadLine& bad) {
    to.begin_object();
    to.key("error");
    encode(bad.error, to);
    encode_count(to, "line", bad.line);
    to.end_object();
  });
  members(to, "biggestChanges", std::span<const Change>{tally.biggest}, [&](const Change& change) {
    to.begin_object();
    member(to, "cart", std::string_view{change.cart});
    encode_count(to, "line", change.line);
    encode_pair(to, "payable", change.payable);
    encode_pair(to, "points", change.points);
    to.end_object();
  });
}

}  // namespace

std::string replay_text(const Tally& tally, Currency currency, const Style& style) {
  return Report{tally, currency, style}.text();
}

std::string replay_json(const Tally& tally, Currency currency) {
  loyalty::Writer to;
  to.begin_object();
  encode_count(to, "bad", tally.bad);
  encode_lists(tally, to);
  encode_count(to, "carts", tally.carts);
  encode_count(to, "changed", tally.changed);
  encode_count(to, "cheaper", tally.cheaper);
  member(to, "currency", currency.code());
  encode_count(to, "dearer", tally.dearer);
  to.key("discountsByName");
  to.begin_array();
  for (const auto& [key, promotion] : tally.promotions) {
    to.begin_object();
    encode_pair(to, "amount", promotion.amount);
    member(to, "name", std::string_view{key.second});
    member(to, "source", loyalty::name_of(key.first));
    encode_pair(to, "uses", promotion.uses);
    to.end_object();
  }
  to.end_array();
  encode_pair(to, "discounts", tally.discounts);
  encode_pair(to, "payable", tally.payable);
  encode_pair(to, "pointsEarned", tally.earned);
  encode_pair(to, "pointsSpent", tally.spent);
  to.end_object();
  return std::string{to.text()};
}

}  // namespace loyalty::cli
