#include <string>

#include "tests/store/rows.h"
#include "tests/store/store_fixture.h"

namespace loyalty::store {
namespace {

class DocumentsTest : public StoreTest {};
INSTANTIATE_TEST_SUITE_P(Stores, DocumentsTest, testing::ValuesIn(all_stores()), name_of_store);

void expect_equal(const Document& a, const Document& b) {
  EXPECT_EQ(a.id, b.id);
  EXPECT_EQ(a.revision, b.revision);
  EXPECT_EQ(a.created, b.created);
  EXPECT_EQ(a.updated, b.updated);
  EXPECT_EQ(a.body, b.body);
  EXPECT_EQ(a.keys, b.keys);
}

TEST_P(DocumentsTest, ADocumentComesBackAsItWas) {
  const Document made = document(1, R"({"name":"Käse \u0000 ☕","n":9223372036854775807})",
                                 {{"code", "A\"B"}, {"email", "a@b"}});
  write([&](Session& s) { s.insert(Kind::coupon, made); });
  expect_equal(read([&](Session& s) { return s.get(Kind::coupon, made.id); }).value(), made);
  reopen();
  expect_equal(read([&](Session& s) { return s.get(Kind::coupon, made.id); }).value(), made);
}

TEST_P(DocumentsTest, AnUnknownDocumentIsNothing) {
  read([](Session& s) {
    EXPECT_FALSE(s.get(Kind::coupon, guid(1)));
    EXPECT_FALSE(s.find(Kind::coupon, "code", "X"));
    EXPECT_TRUE(s.all(Kind::coupon).empty());
    return 0;
  });
  write([](Session& s) { EXPECT_FALSE(s.remove(Kind::coupon, guid(1))); });
}

TEST_P(DocumentsTest, KindsAreApart) {
  write([](Session& s) {
    s.insert(Kind::coupon, document(1, "{}", {{"code", "A"}}));
    s.insert(Kind::reward, document(1, "{}", {{"code", "A"}}));
  });
  read([](Session& s) {
    EXPECT_FALSE(s.get(Kind::tier, guid(1)));
    EXPECT_EQ(s.count(Kind::coupon, {}), 1);
    return 0;
  });
}

TEST_P(DocumentsTest, SitesAreApart) {
  write([](Session& s) { s.insert(Kind::coupon, document(1, R"({"of":1})", {{"code", "A"}})); });
  store::write(store(), other_site, [](Session& s) {
    EXPECT_EQ(s.tenant(), other_site);
    EXPECT_FALSE(s.get(Kind::coupon, guid(1)));
    EXPECT_FALSE(s.find(Kind::coupon, "code", "A"));
    EXPECT_FALSE(s.remove(Kind::coupon, guid(1)));
    EXPECT_EQ(s.count(Kind::coupon, {}), 0);
    EXPECT_TRUE(s.page(Kind::coupon, {}).rows.empty());
    s.insert(Kind::coupon, document(1, R"({"of":2})", {{"code", "A"}}));
  });
  EXPECT_EQ(read([](Session& s) { return s.get(Kind::coupon, guid(1))->body; }), R"({"of":1})");
}

TEST_P(DocumentsTest, AnIdIsTakenOnce) {
  write([](Session& s) { s.insert(Kind::coupon, document(1)); });
  write([](Session& s) {
    try {
      s.insert(Kind::coupon, document(1));
      ADD_FAILURE();
    } catch (const Duplicate& taken) {
      EXPECT_EQ(taken.name(), "id");
    }
  });
}

TEST_P(DocumentsTest, AKeyIsTakenOnceAndTheLoserLeavesNothing) {
  write([](Session& s) { s.insert(Kind::coupon, document(1, "{}", {{"code", "A"}})); });
  write([](Session& s) {
    try {
      s.insert(Kind::coupon, document(2, "{}", {{"serial", "1"}, {"code", "A"}}));
      ADD_FAILURE();
    } catch (const Duplicate& taken) {
      EXPECT_EQ(taken.name(), "code");
    }
    // Who catches it goes on in the same transaction: nothing of the refused one may stay.
    EXPECT_FALSE(s.get(Kind::coupon, guid(2)));
    s.insert(Kind::coupon, document(2, "{}", {{"serial", "1"}, {"code", "B"}}));
  });
  read([](Session& s) {
    EXPECT_EQ(s.find(Kind::coupon, "code", "A")->id, guid(1));
    EXPECT_EQ(s.find(Kind::coupon, "code", "B")->id, guid(2));
    return 0;
  });
}

TEST_P(DocumentsTest, AnUpdateReplacesTheRevisionBefore) {
  Document made = document(1, R"({"n":1})", {{"code", "A"}, {"serial", "1"}});
  write([&](Session& s) { s.insert(Kind::coupon, made); });
  made.revision = 2;
  made.updated = at(50);
  made.body = R"({"n":2})";
  made.keys = {{"code", "B"}, {"serial", "1"}};
  write([&](Session& s) { s.update(Kind::coupon, made); });
  read([&](Session& s) {
    expect_equal(s.get(Kind::coupon, made.id).value(), made);
    EXPECT_FALSE(s.find(Kind::coupon, "code", "A"));
    EXPECT_EQ(s.find(Kind::coupon, "code", "B")->id, made.id);
    EXPECT_EQ(s.find(Kind::coupon, "serial", "1")->id, made.id);
    return 0;
  });
  EXPECT_THROW(write([&](Session& s) { s.update(Kind::coupon, made); }), Conflict);
  EXPECT_THROW(write([&](Session& s) { s.update(Kind::coupon, document(9)); }), Conflict);
}

TEST_P(DocumentsTest, AnUpdateCannotTakeTheKeyOfAnother) {
  write([](Session& s) {
    s.insert(Kind::coupon, document(1, "{}", {{"code", "A"}}));
    s.insert(Kind::coupon, document(2, "{}", {{"code", "B"}}));
  });
  write([](Session& s) {
    Document second = document(2, R"({"n":2})", {{"code", "A"}});
    second.revision = 2;
    EXPECT_THROW(s.update(Kind::coupon, second), Duplicate);
    EXPECT_EQ(s.get(Kind::coupon, guid(2))->revision, 1);
  });
}

TEST_P(DocumentsTest, ARemovedDocumentFreesItsKeys) {
  write([](Session& s) { s.insert(Kind::coupon, document(1, "{}", {{"code", "A"}})); });
  write([](Session& s) {
    EXPECT_TRUE(s.remove(Kind::coupon, guid(1)));
    EXPECT_FALSE(s.find(Kind::coupon, "code", "A"));
    s.insert(Kind::coupon, document(2, "{}", {{"code", "A"}}));
  });
}

TEST_P(DocumentsTest, AllComeInTheOrderOfCreation) {
  write([](Session& s) {
    for (const int number : {3, 1, 2}) {
      s.insert(Kind::tier, document(number));
    }
  });
  const auto all = read([](Session& s) { return s.all(Kind::tier); });
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].id, guid(1));
  EXPECT_EQ(all[2].id, guid(3));
}

TEST_P(DocumentsTest, ABodyThatIsNoJsonIsRefused) {
  EXPECT_THROW(write([](Session& s) { s.insert(Kind::coupon, document(1, "{")); }), Corrupt);
}

TEST_P(DocumentsTest, ASessionForReadingCannotWrite) {
  EXPECT_THROW(read([](Session& s) {
                 s.insert(Kind::coupon, document(1));
                 return 0;
               }),
               std::logic_error);
  write([](Session& s) { s.insert(Kind::coupon, document(1)); });
}

TEST_P(DocumentsTest, PathsThatAreNoneAreOurBug) {
  for (const char* path : {"a'b", "a b", "", ".a", "a.", "a..b", "a\"", "a[0]", "a)", "ä"}) {
    const Filter filter{Filter::Op::exists, {path, ValueType::text}, {}, {}};
    EXPECT_THROW(read([&](Session& s) { return s.count(Kind::coupon, filter); }), std::logic_error)
        << path;
  }
}

}  // namespace
}  // namespace loyalty::store
