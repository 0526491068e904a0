#include "native/http/outbox.h"

#include <array>
#include <memory>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace loyalty::http {
namespace {

std::string gathered(const Outbox& outbox) {
  std::array<std::string_view, 200> parts;
  std::string text;
  for (std::size_t i = 0; i < outbox.gather(parts); ++i) {
    text.append(parts[i]);
  }
  return text;
}

TEST(Outbox, JoinsSmallTextsAndKeepsFilesApart) {
  Outbox outbox;
  outbox.add({"ab", nullptr});
  outbox.add({"cd", nullptr});
  outbox.add({"", std::make_shared<const std::string>("file")});
  outbox.add({"ef", nullptr});
  outbox.add({});
  std::array<std::string_view, 8> parts;
  ASSERT_EQ(outbox.gather(parts), 3U);
  EXPECT_EQ(parts[0], "abcd");
  EXPECT_EQ(parts[1], "file");
  EXPECT_EQ(parts[2], "ef");
  EXPECT_EQ(outbox.unsent(), 10U);
}

TEST(Outbox, GivesWhatIsLeftAfterAPartWasSent) {
  Outbox outbox;
  outbox.add({"abcd", nullptr});
  outbox.add({"", std::make_shared<const std::string>("file")});
  outbox.advance(3);
  EXPECT_EQ(gathered(outbox), "dfile");
  outbox.add({"gh", nullptr});
  outbox.advance(3);
  EXPECT_EQ(gathered(outbox), "legh");
  outbox.advance(4);
  EXPECT_EQ(outbox.unsent(), 0U);
  EXPECT_EQ(gathered(outbox), "");
}

TEST(Outbox, AgreesWithAPlainTextWhateverIsSent) {
  std::minstd_rand random(1);
  Outbox outbox;
  std::string expected;
  for (int step = 0; step < 20'000; ++step) {
    std::string text(random() % (random() % 50 == 0 ? 30'000 : 40),
                     static_cast<char>('a' + random() % 26));
    expected += text;
    if (random() % 3 == 0) {
      outbox.add({"", std::make_shared<const std::string>(std::move(text))});
    } else {
      outbox.add({std::move(text), nullptr});
    }
    // A little less than comes in, so that it is never all sent, until it is.
    const std::size_t sent =
        step % 1000 == 999 ? expected.size() : random() % (expected.size() + 1);
    outbox.advance(sent);
    expected.erase(0, sent);
    ASSERT_EQ(outbox.unsent(), expected.size());
    if (step % 16 == 0) {
      ASSERT_EQ(gathered(outbox), expected);
    }
  }
}

}  // namespace
}  // namespace loyalty::http
