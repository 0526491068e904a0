#include <string>

#include "tests/store/rows.h"
#include "tests/store/store_fixture.h"

namespace loyalty::store {
namespace {

class KeysTest : public StoreTest {};
INSTANTIATE_TEST_SUITE_P(Stores, KeysTest, testing::ValuesIn(all_stores()), name_of_store);

constexpr std::int64_t day = 86'400;

Remembered answer(int number) {
  Remembered made{{}, 200 + number, R"({"n":)" + std::to_string(number) + "}"};
  made.fingerprint.fill(static_cast<unsigned char>(number));
  return made;
}

TEST_P(KeysTest, TheFirstAnswerIsRemembered) {
  write([](Session& s) {
    EXPECT_FALSE(s.remembered("earn", "k"));
    s.remember("earn", "k", answer(1), at(0));
  });
  reopen();
  read([](Session& s) {
    const auto first = s.remembered("earn", "k");
    EXPECT_EQ(first->status, 201);
    EXPECT_EQ(first->body, R"({"n":1})");
    EXPECT_EQ(first->fingerprint, answer(1).fingerprint);
    EXPECT_FALSE(s.remembered("redeem", "k"));
    EXPECT_FALSE(s.remembered("ear", "nk"));
    EXPECT_FALSE(s.remembered("earn", "K"));
    return 0;
  });
  EXPECT_FALSE(
      store::read(store(), other_site, [](Session& s) { return s.remembered("earn", "k"); }));
}

TEST_P(KeysTest, AKeyHasOneAnswerHoweverMuchLater) {
  write([](Session& s) { s.remember("earn", "k", answer(1), at(0)); });
  for (const std::int64_t days : {0, 1, 8, 29}) {
    EXPECT_THROW(write([&](Session& s) { s.remember("earn", "k", answer(2), at(days * day)); }),
                 Duplicate);
  }
  EXPECT_EQ(read([](Session& s) { return s.remembered("earn", "k")->status; }), 201);
}

TEST_P(KeysTest, OldAnswersAreForgottenAndYoungOnesAreNot) {
  write([](Session& s) {
    for (int i = 0; i < 40; ++i) {
      s.remember("earn", std::to_string(i), answer(i), at(i * day));
    }
  });
  store::write(store(), other_site, [](Session& s) { s.remember("earn", "0", answer(0), at(0)); });
  write([](Session& s) {
    EXPECT_EQ(s.forget(at(10 * day), 4), 4);
    EXPECT_EQ(s.forget(at(10 * day), 100), 6);
    EXPECT_EQ(s.forget(at(10 * day), 100), 0);
  });
  read([](Session& s) {
    for (int i = 0; i < 40; ++i) {
      EXPECT_EQ(s.remembered("earn", std::to_string(i)).has_value(), i >= 10) << i;
    }
    return 0;
  });
  EXPECT_TRUE(
      store::read(store(), other_site, [](Session& s) { return s.remembered("earn", "0"); }));
  write([](Session& s) { s.remember("earn", "3", answer(3), at(40 * day)); });
}

TEST_P(KeysTest, ANaturalKeyIsTakenForEver) {
  write([](Session& s) {
    EXPECT_FALSE(s.claimed("earn", "rule:order"));
    EXPECT_TRUE(s.claim("earn", "rule:order", "entry 1"));
    EXPECT_FALSE(s.claim("earn", "rule:order", "entry 2"));
    EXPECT_TRUE(s.claim("refund", "rule:order", "entry 3"));
  });
  write([](Session& s) {
    EXPECT_EQ(s.claimed("earn", "rule:order"), "entry 1");
    EXPECT_EQ(s.forget(at(1'000 * day), 100), 0);
    EXPECT_FALSE(s.claim("earn", "rule:order", "entry 2"));
    s.change_claim("earn", "rule:order", "entry 9");
    EXPECT_EQ(s.claimed("earn", "rule:order"), "entry 9");
    EXPECT_THROW(s.change_claim("earn", "unknown", "x"), Conflict);
  });
  store::write(store(), other_site,
               [](Session& s) { EXPECT_TRUE(s.claim("earn", "rule:order", "theirs")); });
}

}  // namespace
}  // namespace loyalty::store
