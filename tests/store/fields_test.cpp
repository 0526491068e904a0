#include "native/store/sqlite/fields.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace loyalty::store::sqlite {
namespace {

TEST(InstantText, IsAlwaysAsLong) {
  EXPECT_EQ(instant_text(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(instant_text(1'760'000'005'000), "2025-10-09T08:53:25.000Z");
  EXPECT_EQ(instant_text(1'760'000'005'120), "2025-10-09T08:53:25.120Z");
}

TEST(InstantText, StaysWithinWhatDocumentsCanName) {
  EXPECT_EQ(instant_text(-5), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(instant_text(INT64_MAX).size(), 24u);
}

TEST(Fields, ABodysPathIsWrittenAsInTheIndexes) {
  EXPECT_EQ(document_column({"accountId", ValueType::text}).sql, "body ->> '$.accountId'");
  EXPECT_EQ(document_column({"createdDate", ValueType::instant}).sql, "created");
}

TEST(Fields, OnlyKnownFieldsAreAsked) {
  EXPECT_THROW(static_cast<void>(account_column({"chain", ValueType::text})), std::logic_error);
  EXPECT_THROW(static_cast<void>(transaction_column({"hash", ValueType::text})), std::logic_error);
}

}  // namespace
}  // namespace loyalty::store::sqlite
