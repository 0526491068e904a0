#include <stdexcept>
#include <string>

#include "tests/store/rows.h"
#include "tests/store/store_fixture.h"

namespace loyalty::store {
namespace {

class EventsTest : public StoreTest {};
INSTANTIATE_TEST_SUITE_P(Stores, EventsTest, testing::ValuesIn(all_stores()), name_of_store);

EventRow event(int number) {
  return {0,
          "event " + std::to_string(number),
          "loyalty.account",
          "created",
          guid(number),
          at(number),
          R"({"n":)" + std::to_string(number) + "}"};
}

TEST_P(EventsTest, EventsComeBackInTheOrderOfTheirNumbers) {
  write([](Session& s) {
    EXPECT_EQ(s.last_event(), 0);
    EXPECT_EQ(s.emit(event(1)), 1);
    EXPECT_EQ(s.emit(event(2)), 2);
  });
  store::write(store(), other_site, [](Session& s) { EXPECT_EQ(s.emit(event(3)), 1); });
  reopen();
  write([](Session& s) { EXPECT_EQ(s.emit(event(4)), 3); });
  read([](Session& s) {
    EXPECT_EQ(s.last_event(), 3);
    EXPECT_EQ(s.events(0, 2).size(), 2u);
    const auto rest = s.events(1, 10);
    EXPECT_EQ(rest.size(), 2u);
    EXPECT_EQ(rest[0].sequence, 2);
    EXPECT_EQ(rest[0].id, "event 2");
    EXPECT_EQ(rest[0].fqdn, "loyalty.account");
    EXPECT_EQ(rest[0].slug, "created");
    EXPECT_EQ(rest[0].entity_id, guid(2));
    EXPECT_EQ(rest[0].at, at(2));
    EXPECT_EQ(rest[0].body, R"({"n":2})");
    EXPECT_EQ(rest[1].sequence, 3);
    return 0;
  });
}

TEST_P(EventsTest, TheEventsOfAnUndoneChangeAreGoneAndLeaveNoGap) {
  write([](Session& s) { s.emit(event(1)); });
  EXPECT_THROW(write([](Session& s) {
                 s.emit(event(2));
                 throw std::runtime_error{"no"};
               }),
               std::runtime_error);
  write([](Session& s) { EXPECT_EQ(s.emit(event(3)), 2); });
}

}  // namespace
}  // namespace loyalty::store
