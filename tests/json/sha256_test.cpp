#include "core/json/sha256.h"

#include <string>

#include <gtest/gtest.h>

namespace loyalty {
namespace {

std::string hash(std::string_view text) {
  Sha256 sha;
  sha.update(text);
  const auto hex = sha.finish();
  return {hex.data(), hex.size()};
}

// FIPS 180-4 examples, and the lengths around the padding's edges.
TEST(Sha256, GivesTheStandardsVectors) {
  EXPECT_EQ(hash(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(hash("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopq"
                 "klmnopqrlmnopqrsmnopqrstnopqrstu"),
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  EXPECT_EQ(hash(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, DoesNotDependOnThePieces) {
  const std::string text(300, 'x');
  for (std::size_t length = 0; length < 200; ++length) {
    Sha256 pieces;
    for (std::size_t i = 0; i < length; i += 7) {
      pieces.update(std::string_view(text).substr(i, std::min<std::size_t>(7, length - i)));
    }
    const auto hex = pieces.finish();
    EXPECT_EQ(std::string(hex.data(), hex.size()), hash(text.substr(0, length))) << length;
  }
}

}  // namespace
}  // namespace loyalty
