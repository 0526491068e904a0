#include "native/service/people/imports.h"

#include "tests/service_people/people_fixture.h"

namespace loyalty::service {
namespace {

class Imports : public PeopleTest {
 protected:
  static std::string last_part(const Json& url) {
    const auto text = url.get<std::string>();
    return text.substr(text.rfind('/') + 1);
  }

  /// Uploads a file; what the import is to be made of.
  Json uploaded(const std::string& csv) {
    const Json file = ask("imports.createFileUrl");
    ask("imports.upload",
        {{"site", site_id}, {"id", last_part(file["uploadUrl"])}, {"content", csv}});
    return file["filePath"];
  }

  std::string parsed(const std::string& csv) {
    const std::string id =
        ask("imports.create", {{"fileUrl", uploaded(csv)}})["loyaltyImport"]["id"];
    run_jobs_to_end();
    return id;
  }

  Json get(const std::string& id) {
    return ask("imports.get", {{"loyaltyImportId", id}})["loyaltyImport"];
  }

  Json executed(const std::string& id, Json request = Json::object()) {
    request["loyaltyImportId"] = id;
    ask("imports.execute", request);
    run_jobs_to_end();
    return get(id);
  }

  std::string error_file(const std::string& id) {
    const Json answer = ask("imports.getErrorFileUrl", {{"loyaltyImportId", id}});
    if (!answer.contains("url")) {
      return "";
    }
    return ask("imports.download",
               {{"site", site_id}, {"id", last_part(answer["url"])}})["content"];
  }

  static Json mapping(int email, int points) {
    return {{"headerMappingInfo",
             {{"headerMappings",
               Json::array({Json{{"columnName", "EMAIL"}, {"columnIndex", email}},
                            Json{{"columnName", "POINTS"}, {"columnIndex", points}}})}}}};
  }
};

TEST_F(Imports, AFileIsReadAfterItWasUploaded) {
  const Json file = ask("imports.createFileUrl");
  EXPECT_EQ(file["uploadUrl"], "https://shop.example/uploads/v1/" + std::string{site_id} + "/" +
                                   file["filePath"].get<std::string>());
  const std::string csv = "Name,Email,Points balance\nAnna,anna@example.com,5\n";
  new_events();
  const Json made =
      ask("imports.create", {{"fileUrl", uploaded(csv)}, {"fileName", "old.csv"}})["loyaltyImport"];
  EXPECT_EQ(made["status"], "INITIATED");
  EXPECT_EQ(made["fileMetadata"]["size"], csv.size());
  EXPECT_TRUE(happened("loyalty_import created"));
  run_jobs_to_end();
  const Json import = get(made["id"]);
  EXPECT_EQ(import["status"], "PARSED");
  EXPECT_EQ(import["parseResult"], Json::parse(R"({"parsedRowCount":1})"));
  EXPECT_EQ(import["fileMetadata"]["header"]["values"],
            Json::parse(R"(["Name","Email","Points balance"])"));
  EXPECT_EQ(import["fileMetadata"]["sampleDataRows"],
            Json::parse(R"([{"values":["Anna","anna@example.com","5"]}])"));
}

TEST_F(Imports, BalancesAreSetAndMissingAccountsOpened) {
  const std::string anna = contact({{"email", "anna@example.com"}});
  const std::string bert = contact({{"email", "bert@example.com"}});
  earn(account(bert), 100);
  const std::string id = parsed("Points,Mail\n7,ANNA@example.com\n40,bert@example.com\n");
  new_events();
  const Json done = executed(id, mapping(1, 0));
  EXPECT_EQ(done["status"], "IMPORTED");
  EXPECT_EQ(done["importResult"],
            Json::parse(R"({"errorFileExists":false,"successCount":2,"failureCount":0})"));
  EXPECT_TRUE(happened("loyalty_import import_finished"));
  EXPECT_EQ(balance_of(anna), 7);
  EXPECT_EQ(balance_of(bert), 40);
  EXPECT_EQ(account_of(bert)["points"]["adjusted"], -60);
  EXPECT_EQ(account_of(bert)["latestTransaction"]["type"], "ADJUST");
  EXPECT_EQ(account_of(bert)["latestTransaction"]["description"], "import");
  EXPECT_EQ(error_file(id), "");
}

TEST_F(Imports, WorkInAnyStatusOfTheProgram) {
  const std::string anna = contact({{"email", "anna@example.com"}});
  ask("program.pause");
  executed(parsed("email,points\nanna@example.com,7\n"));
  EXPECT_EQ(balance_of(anna), 7);
}

TEST_F(Imports, RowsThatFailAreToldInAFileAndTheOthersCount) {
  const std::string anna = contact({{"email", "anna@example.com"}});
  contact({{"email", "bert@example.com"}});
  const std::string id = parsed(
      "email,points,note\nnobody@example.com,5,=1+1\nbert@example.com,many,\"a,b\"\n"
      "anna@example.com,9,\n");
  const Json done = executed(id);
  EXPECT_EQ(done["importResult"],
            Json::parse(R"({"errorFileExists":true,"successCount":1,"failureCount":2})"));
  EXPECT_EQ(balance_of(anna), 9);
  EXPECT_EQ(error_file(id),
            "Line,Status,Reason,Description,email,points,note\r\n"
            "2,FAILED,CONTACT_NOT_FOUND,There is no contact with this e-mail address.,"
            "nobody@example.com,5,'=1+1\r\n"
            "3,FAILED,VALIDATION,\"The points are not a whole number from 0 to 9,999,999.\","
            "bert@example.com,many,\"a,b\"\r\n");
}

TEST_F(Imports, EachRowSucceedsOrFailsByItself) {
  const std::string good = contact({{"email", "good@example.com"}});
  const std::string twice = contact({{"email", "twice@example.com"}});
  const Json done = executed(
      parsed("points,email\n10,good@example.com\n20,nobody@example.com\n-5,good@example.com\n"
             "1.5,twice@example.com\n7,twice@example.com\n9,TWICE@example.com\n"));
  EXPECT_EQ(done["importResult"],
            Json::parse(R"({"errorFileExists":true,"successCount":3,"failureCount":3})"));
  EXPECT_EQ(balance_of(good), 10);
  EXPECT_EQ(balance_of(twice), 9);
}

TEST_F(Imports, OfTwoRowsForOnePersonTheLastWinsWithOneTransaction) {
  const std::string anna = contact({{"email", "anna@example.com"}});
  const Json done = executed(parsed("email,points\nanna@example.com,5\nAnna@Example.com,8\n"));
  EXPECT_EQ(balance_of(anna), 8);
  EXPECT_EQ(account_of(anna)["points"]["adjusted"], 8);
  EXPECT_EQ(account_of(anna)["latestTransaction"]["amount"], 8);
  EXPECT_EQ(done["importResult"]["successCount"], 2);
}

TEST_F(Imports, TheSameFileAgainChangesNothing) {
  const std::string anna = contact({{"email", "anna@example.com"}});
  const std::string csv = "email,points\nanna@example.com,5\n";
  executed(parsed(csv));
  const Json before = account_of(anna);
  const Json again = executed(parsed(csv));
  EXPECT_EQ(again["importResult"]["successCount"], 1);
  EXPECT_EQ(account_of(anna), before);
}

TEST_F(Imports, LongFilesAreCarriedOutInSlices) {
  std::string csv = "email,points\n";
  for (int i = 0; i < 600; ++i) {
    csv += (i % 3 == 0 ? "known" : "nobody") + std::to_string(i) + "@example.com,5\n";
  }
  write([&](Call& call) {
    for (int i = 0; i < 600; i += 3) {
      Json fields{{"email", "known" + std::to_string(i) + "@example.com"}};
      call.store.attempt([&] {
        store::Document document;
        document.id = call.ids.next(now);
        document.created = now;
        document.updated = now;
        document.body = fields.dump();
        document.keys = {{"email", fields["email"]}};
        call.store.insert(store::Kind::contact, document);
      });
    }
  });
  const std::string id = parsed(csv);
  ask("imports.execute", {{"loyaltyImportId", id}});
  std::size_t done = 0;
  write([&](Call& call) { done = run_jobs(call, 50); });
  EXPECT_EQ(done, 50u);
  EXPECT_EQ(get(id)["status"], "IMPORTING");
  run_jobs_to_end();
  EXPECT_EQ(get(id)["importResult"],
            Json::parse(R"({"errorFileExists":true,"successCount":200,"failureCount":400})"));
  const std::string errors = error_file(id);
  EXPECT_EQ(std::count(errors.begin(), errors.end(), '\n'), 401);
  EXPECT_NE(errors.find("\r\n600,FAILED"), std::string::npos);
}

TEST_F(Imports, AreCarriedOutOnceAndOnlyWhenRead) {
  const std::string csv = "email,points\nanna@example.com,5\n";
  const std::string id = ask("imports.create", {{"fileUrl", uploaded(csv)}})["loyaltyImport"]["id"];
  EXPECT_EQ(refused("imports.execute", {{"loyaltyImportId", id}}), "IMPORT_NOT_PARSED");
  run_jobs_to_end();
  ask("imports.execute", {{"loyaltyImportId", id}});
  EXPECT_EQ(refused("imports.execute", {{"loyaltyImportId", id}}), "IMPORT_NOT_PARSED");
  run_jobs_to_end();
  EXPECT_EQ(refused("imports.execute", {{"loyaltyImportId", id}}), "IMPORT_NOT_PARSED");
  EXPECT_EQ(refused("imports.execute", {{"loyaltyImportId", site_id}}), "IMPORT_NOT_FOUND");
}

TEST_F(Imports, BothColumnsMustBeMapped) {
  const std::string id = parsed("a,b\n1,2\n");
  const auto with = [&](Json request) {
    request["loyaltyImportId"] = id;
    return refused("imports.execute", request);
  };
  EXPECT_EQ(with(Json::object()), "IMPORT_MAPPING_INVALID");
  EXPECT_EQ(with(mapping(0, 0)), "IMPORT_MAPPING_INVALID");
  EXPECT_EQ(with(mapping(0, 2)), "IMPORT_MAPPING_INVALID");
  Json twice = mapping(0, 1);
  twice["headerMappingInfo"]["headerMappings"][1]["columnName"] = "EMAIL";
  EXPECT_EQ(with(twice), "IMPORT_MAPPING_INVALID");
  EXPECT_EQ(with(mapping(0, 1)), "");
}

TEST_F(Imports, AFileThatCannotBeReadFailsWithItsLine) {
  const Json import = get(parsed("email,points\na\"b,1\n"));
  EXPECT_EQ(import["status"], "FAILED");
  EXPECT_EQ(import["parseResult"]["parseErrorReason"],
            "Line 2: A quote stands inside a cell that does not begin with one.");
}

TEST_F(Imports, UploadsAreOnceWithinADayAndNotTooLarge) {
  EXPECT_EQ(refused("imports.create", {{"fileUrl", "https://elsewhere.example/x.csv"}}),
            "fileUrl UNKNOWN_REFERENCE");
  const Json file = ask("imports.createFileUrl");
  EXPECT_EQ(refused("imports.create", {{"fileUrl", file["filePath"]}}),
            "fileUrl UNKNOWN_REFERENCE");
  Json put{{"site", site_id}, {"id", file["filePath"]}, {"content", "email,points\n"}};
  EXPECT_EQ(refused("imports.create", {{"fileUrl", file["filePath"]}, {"fileSize", 10'485'761}}),
            "FILE_TOO_LARGE");
  EXPECT_EQ(refused("imports.upload", put), "");
  EXPECT_EQ(refused("imports.upload", put), "NOT_FOUND");
  put["id"] = "guessed";
  EXPECT_EQ(refused("imports.upload", put), "NOT_FOUND");
  now = now + Duration::days(2);
  EXPECT_EQ(refused("imports.create", {{"fileUrl", file["filePath"]}}),
            "fileUrl UNKNOWN_REFERENCE");
  EXPECT_EQ(refused("imports.download", {{"site", site_id}, {"id", "guessed"}}), "NOT_FOUND");
}

TEST_F(Imports, AreMadeOfAFileOnce) {
  const Json file = uploaded("email,points\na@example.com,1\n");
  ask("imports.create", {{"fileUrl", file}});
  EXPECT_EQ(refused("imports.create", {{"fileUrl", file}}), "fileUrl UNKNOWN_REFERENCE");
}

TEST_F(Imports, FilesThatNobodyUsesAreNotKept) {
  const auto uploads = [this] {
    std::size_t count = 0;
    read([&](Call& call) { count = call.store.all(store::Kind::upload).size(); });
    return count;
  };
  uploaded("email,points\n");
  ask("imports.createFileUrl");
  now = now + Duration::days(2);
  ask("imports.createFileUrl");
  EXPECT_EQ(uploads(), 1u);
}

TEST_F(Imports, AreFoundByStatus) {
  const std::string id = parsed("email,points\na@example.com,1\n");
  parsed("");
  const Json found =
      ask("imports.query", {{"query", {{"filter", {{"status", "PARSED"}}}}}})["loyaltyImports"];
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0]["id"], id);
  EXPECT_EQ(ask("imports.query")["loyaltyImports"].size(), 2u);
}

}  // namespace
}  // namespace loyalty::service
