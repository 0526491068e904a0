#include <algorithm>
#include <random>
#include <string>

#include <nlohmann/json.hpp>

#include "native/store/sqlite/fields.h"
#include "tests/store/naive_query.h"
#include "tests/store/rows.h"
#include "tests/store/store_fixture.h"

namespace loyalty::store {
namespace {

using Op = Filter::Op;

/// The same numbers on every machine; the distributions of the library are not.
class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_{seed} {}
  std::size_t below(std::size_t count) { return engine_() % count; }
  bool one_in(std::size_t count) { return below(count) == 0; }
  template <class List>
  const auto& of(const List& list) {
    return list[below(std::size(list))];
  }

 private:
  std::mt19937 engine_;
};

const std::string words[] = {"Anna", "anne", "Ann", "Bo", "bob", "BOBBY", "Zoë", "x"};

Value random_value(Random& random, ValueType type) {
  switch (type) {
    case ValueType::text:
      return random.of(words);
    case ValueType::integer:
      return static_cast<std::int64_t>(random.below(5)) - 1;
    case ValueType::boolean:
      return random.one_in(2);
    case ValueType::instant:
      return at(static_cast<std::int64_t>(random.below(6))).ms() +
             static_cast<std::int64_t>(random.below(2)) * 500;
  }
  return nullptr;
}

std::vector<Op> operators_of(ValueType type) {
  std::vector<Op> ops = {Op::eq, Op::ne, Op::in, Op::not_in, Op::exists, Op::missing};
  if (type != ValueType::boolean) {
    ops.insert(ops.end(), {Op::lt, Op::le, Op::gt, Op::ge});
  }
  if (type == ValueType::text) {
    ops.insert(ops.end(), {Op::starts_with, Op::ends_with, Op::contains, Op::fuzzy});
  }
  return ops;
}

Filter random_filter(Random& random, const std::vector<FieldRef>& fields, int depth) {
  if (depth > 0 && random.one_in(2)) {
    constexpr Op joins[] = {Op::all, Op::any, Op::none};
    Filter filter{.op = random.of(joins), .field = {}, .values = {}, .children = {}};
    for (std::size_t i = random.below(4); i > 0; --i) {
      filter.children.push_back(random_filter(random, fields, depth - 1));
    }
    return filter;
  }
  const FieldRef field = random.of(fields);
  Filter filter{
      .op = random.of(operators_of(field.type)), .field = field, .values = {}, .children = {}};
  const bool is_list = filter.op == Op::in || filter.op == Op::not_in;
  const bool takes_null = is_list || filter.op == Op::eq || filter.op == Op::ne;
  for (std::size_t i = is_list ? random.below(4) : 1; i > 0; --i) {
    filter.values.push_back(takes_null && random.one_in(6) ? Value{nullptr}
                                                           : random_value(random, field.type));
  }
  return filter;
}

std::vector<Sort> random_sort(Random& random, const std::vector<FieldRef>& fields) {
  std::vector<Sort> sort;
  for (std::size_t i = random.below(4); i > 0; --i) {
    sort.push_back({random.of(fields), random.one_in(2)});
  }
  return sort;
}

using Ask = std::function<Page<std::string>(const Query&)>;

/// Walks to the end in pages, and back from there.
void expect_pages(const Ask& ask, Query query, const std::vector<std::string>& expected,
                  std::size_t page_size) {
  query.limit = page_size;
  std::vector<std::string> forward;
  std::vector<std::vector<Value>> places;
  for (;;) {
    const Page<std::string> page = ask(query);
    forward.insert(forward.end(), page.rows.begin(), page.rows.end());
    places.insert(places.end(), page.places.begin(), page.places.end());
    ASSERT_EQ(page.more, forward.size() < expected.size());
    ASSERT_EQ(page.rows.size(), page.places.size());
    if (!page.more) {
      break;
    }
    query.after = page.places.back();
  }
  ASSERT_EQ(forward, expected);
  if (expected.empty()) {
    return;
  }
  query.backward = true;
  query.after = places.back();
  std::vector<std::string> back = {expected.back()};
  for (;;) {
    const Page<std::string> page = ask(query);
    back.insert(back.begin(), page.rows.begin(), page.rows.end());
    ASSERT_EQ(page.more, back.size() < expected.size());
    if (!page.more) {
      break;
    }
    query.after = page.places.front();
  }
  ASSERT_EQ(back, expected);
  query.after.reset();
  const Page<std::string> last = ask(query);
  ASSERT_TRUE(std::equal(last.rows.rbegin(), last.rows.rend(), expected.rbegin()));
  query.backward = false;
  query.offset = expected.size() / 2;
  const Page<std::string> middle = ask(query);
  ASSERT_FALSE(middle.rows.empty());
  ASSERT_TRUE(std::equal(middle.rows.begin(), middle.rows.end(),
                         expected.begin() + static_cast<std::ptrdiff_t>(query.offset)));
}

void expect_as_naive(Random& random, const std::vector<FieldRef>& fields,
                     const std::vector<NaiveRow>& rows, const Ask& ask,
                     const std::function<std::int64_t(const Filter&)>& count) {
  for (int round = 0; round < 150; ++round) {
    SCOPED_TRACE(round);
    Query query;
    query.filter = random.one_in(4) ? Filter{} : random_filter(random, fields, 2);
    query.sort = random_sort(random, fields);
    const auto expected = naive_ids(rows, query.filter, query.sort);
    ASSERT_EQ(count(query.filter), static_cast<std::int64_t>(expected.size()));
    expect_pages(ask, query, expected, 1 + random.below(9));
    if (testing::Test::HasFatalFailure()) {
      return;
    }
  }
}

template <class Row, class IdOf>
Page<std::string> ids_of(Page<Row> page, IdOf id_of) {
  Page<std::string> ids;
  for (const Row& row : page.rows) {
    ids.rows.push_back(id_of(row));
  }
  ids.places = std::move(page.places);
  ids.more = page.more;
  return ids;
}

class PagingTest : public StoreTest {};
INSTANTIATE_TEST_SUITE_P(Stores, PagingTest, testing::ValuesIn(all_stores()), name_of_store);

TEST_P(PagingTest, PagesOfDocumentsAreThoseOfANaiveFilterAndSort) {
  Random random{1};
  const std::vector<FieldRef> body_fields = {{"name", ValueType::text},
                                             {"place.city", ValueType::text},
                                             {"count", ValueType::integer},
                                             {"flag", ValueType::boolean},
                                             {"until", ValueType::instant}};
  std::vector<FieldRef> fields = body_fields;
  fields.insert(fields.end(), {{"id", ValueType::text},
                               {"revision", ValueType::integer},
                               {"createdDate", ValueType::instant},
                               {"updatedDate", ValueType::instant}});
  std::vector<NaiveRow> rows;
  write([&](Session& s) {
    for (int number = 0; number < 60; ++number) {
      std::map<std::string, Value, std::less<>> values;
      nlohmann::json body = nlohmann::json::object();
      for (const FieldRef& field : body_fields) {
        if (random.one_in(4)) {
          values[std::string{field.path}] = nullptr;
          continue;
        }
        const Value value = random_value(random, field.type);
        values[std::string{field.path}] = value;
        nlohmann::json& member =
            field.path == "place.city" ? body["place"]["city"] : body[std::string{field.path}];
        if (field.type == ValueType::instant) {
          member = sqlite::instant_text(std::get<std::int64_t>(value));
        } else {
          std::visit([&](const auto& held) { member = held; }, value);
        }
      }
      Document made = document(number, body.dump());
      made.created = at(static_cast<std::int64_t>(random.below(4)));
      made.revision = static_cast<std::int64_t>(random.below(3)) + 1;
      values["id"] = made.id;
      values["revision"] = made.revision;
      values["createdDate"] = made.created.ms();
      values["updatedDate"] = made.updated.ms();
      s.insert(Kind::promotion, made);
      rows.push_back(
          {made.id, [values](std::string_view path) { return values.find(path)->second; }});
    }
  });
  expect_as_naive(
      random, fields, rows,
      [&](const Query& query) {
        return read([&](Session& s) {
          return ids_of(s.page(Kind::promotion, query), [](const Document& d) { return d.id; });
        });
      },
      [&](const Filter& filter) {
        return read([&](Session& s) { return s.count(Kind::promotion, filter); });
      });
}

TEST_P(PagingTest, PagesOfAccountsAreThoseOfANaiveFilterAndSort) {
  Random random{2};
  const std::vector<FieldRef> fields = {
      {"id", ValueType::text},
      {"contactId", ValueType::text},
      {"memberId", ValueType::text},
      {"tier.id", ValueType::text},
      {"revision", ValueType::integer},
      {"createdDate", ValueType::instant},
      {"updatedDate", ValueType::instant},
      {"lastActivityDate", ValueType::instant},
      {"points.balance", ValueType::integer},
      {"points.earned", ValueType::integer},
      {"points.adjusted", ValueType::integer},
      {"points.redeemed", ValueType::integer},
      {"points.expired", ValueType::integer},
      {"pointsExpiration.expirationDate", ValueType::instant},
      {"pointsExpiration.expiringPointsAmount", ValueType::integer},
      {"contact.id", ValueType::text},
      {"contact.name", ValueType::text},
      {"contact.email", ValueType::text},
      {"contact.displayName", ValueType::text},
      {"rewardAvailable", ValueType::boolean}};
  std::vector<NaiveRow> rows;
  write([&](Session& s) {
    const auto maybe_word = [&] { return random.one_in(3) ? std::string{} : random.of(words); };
    const auto maybe_instant = [&]() -> std::optional<Instant> {
      if (random.one_in(3)) {
        return std::nullopt;
      }
      return at(static_cast<std::int64_t>(random.below(4)));
    };
    const auto points = [&] { return Points::of(static_cast<std::int64_t>(random.below(4))); };
    for (int number = 0; number < 50; ++number) {
      AccountRow row = account(number);
      row.member_id = random.one_in(2) ? "" : guid(number + 500);
      row.tier_id = maybe_word();
      row.created = at(static_cast<std::int64_t>(random.below(4)));
      row.last_activity = maybe_instant();
      row.expires_at = maybe_instant();
      row.expiring = points();
      row.earned = Points::of(10) + points();
      row.adjusted = points();
      row.redeemed = points();
      row.expired = points();
      row.available = row.earned + row.adjusted - row.redeemed - row.expired;
      row.contact_name = maybe_word();
      row.contact_email = maybe_word();
      row.reward_available = random.one_in(2);
      s.insert(row);
      const auto text = [](const std::string& value) {
        return value.empty() ? Value{nullptr} : Value{value};
      };
      const auto instant = [](const std::optional<Instant>& value) {
        return value ? Value{value->ms()} : Value{nullptr};
      };
      const std::map<std::string, Value, std::less<>> values = {
          {"id", row.id},
          {"contactId", row.contact_id},
          {"memberId", text(row.member_id)},
          {"tier.id", text(row.tier_id)},
          {"revision", row.revision},
          {"createdDate", row.created.ms()},
          {"updatedDate", row.updated.ms()},
          {"lastActivityDate", instant(row.last_activity)},
          {"points.balance", row.available.count()},
          {"points.earned", row.earned.count()},
          {"points.adjusted", row.adjusted.count()},
          {"points.redeemed", row.redeemed.count()},
          {"points.expired", row.expired.count()},
          {"pointsExpiration.expirationDate", instant(row.expires_at)},
          {"pointsExpiration.expiringPointsAmount", row.expiring.count()},
          {"contact.id", row.contact_id},
          {"contact.name", text(row.contact_name)},
          {"contact.email", text(row.contact_email)},
          {"contact.displayName",
           text(row.contact_name.empty() ? row.contact_email : row.contact_name)},
          {"rewardAvailable", row.reward_available}};
      rows.push_back(
          {row.id, [values](std::string_view path) { return values.find(path)->second; }});
    }
  });
  expect_as_naive(
      random, fields, rows,
      [&](const Query& query) {
        return read([&](Session& s) {
          return ids_of(s.accounts(query), [](const AccountRow& row) { return row.id; });
        });
      },
      [&](const Filter& filter) {
        return read([&](Session& s) { return s.count_accounts(filter); });
      });
}

TEST_P(PagingTest, PagesOfTransactionsAreThoseOfANaiveFilterAndSort) {
  Random random{3};
  const std::vector<FieldRef> fields = {
      {"id", ValueType::text},
      {"accountId", ValueType::text},
      {"createdDate", ValueType::instant},
      {"amount", ValueType::integer},
      {"transactionType", ValueType::text},
      {"description", ValueType::text},
      {"idempotencyKey", ValueType::text},
      {"orderId", ValueType::text},
  };
  std::vector<NaiveRow> rows;
  write([&](Session& s) {
    const auto maybe_word = [&] { return random.one_in(3) ? std::string{} : random.of(words); };
    for (int number = 0; number < 60; ++number) {
      EntryRow row;
      row.entry.account = guid(number % 4);
      row.entry.sequence = number / 4 + 1;
      row.entry.at = at(static_cast<std::int64_t>(random.below(20)));
      row.entry.amount = Points::of(static_cast<std::int64_t>(random.below(4)));
      row.entry.postings.move(row.entry.amount, ledger::LedgerAccount::program_issued,
                              ledger::LedgerAccount::member_available);
      row.id = guid(number);
      row.transaction_type = maybe_word();
      row.description = maybe_word();
      row.idempotency_key = maybe_word();
      const std::string order = maybe_word();
      const char* block = random.one_in(2) ? "earnInfo" : "redeemInfo";
      row.info = order.empty() ? "" : nlohmann::json{{block, {{"orderId", order}}}}.dump();
      s.append(row);
      const auto text = [](const std::string& value) {
        return value.empty() ? Value{nullptr} : Value{value};
      };
      const std::map<std::string, Value, std::less<>> values = {
          {"id", row.id},
          {"accountId", row.entry.account},
          {"createdDate", row.entry.at.ms()},
          {"amount", row.entry.amount.count()},
          {"transactionType", text(row.transaction_type)},
          {"description", text(row.description)},
          {"idempotencyKey", text(row.idempotency_key)},
          {"orderId", text(order)}};
      if (!row.transaction_type.empty()) {
        rows.push_back(
            {row.id, [values](std::string_view path) { return values.find(path)->second; }});
      }
    }
  });
  expect_as_naive(
      random, fields, rows,
      [&](const Query& query) {
        return read([&](Session& s) {
          return ids_of(s.transactions(query), [](const EntryRow& row) { return row.id; });
        });
      },
      [&](const Filter& filter) {
        return read([&](Session& s) {
          return static_cast<std::int64_t>(
              s.transactions({.filter = filter, .sort = {}, .limit = 1'000}).rows.size());
        });
      });
}

TEST_P(PagingTest, APlaceOfAnotherQueryIsOurBug) {
  Query query;
  query.sort = {{{"name", ValueType::text}, false}};
  query.after = std::vector<Value>{"only an id"};
  EXPECT_THROW(read([&](Session& s) { return s.page(Kind::promotion, query).more; }),
               std::logic_error);
}

TEST_P(PagingTest, WordsOfARequestNeverBecomeSql) {
  write([](Session& s) {
    s.insert(Kind::promotion, document(1, R"({"name":"' OR 1 --"})"));
    s.insert(Kind::promotion, document(2, R"({"name":"%_\\"})"));
  });
  const auto count = [&](Op op, const char* word) {
    return read([&](Session& s) {
      return s.count(Kind::promotion, {op, {"name", ValueType::text}, {word}, {}});
    });
  };
  EXPECT_EQ(count(Op::eq, "' OR 1 --"), 1);
  EXPECT_EQ(count(Op::contains, "' or"), 1);
  EXPECT_EQ(count(Op::starts_with, "%"), 1);
  EXPECT_EQ(count(Op::contains, "_"), 1);
  EXPECT_EQ(count(Op::eq, "'; DROP TABLE document; --"), 0);
  EXPECT_EQ(count(Op::exists, "'"), 2);
}

}  // namespace
}  // namespace loyalty::store
