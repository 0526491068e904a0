#include "native/http/file_server.h"

#include <fstream>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace loyalty::http {
namespace {

namespace fs = std::filesystem;

std::string header_of(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) {
      return value;
    }
  }
  return {};
}

/// A folder of its own for every test.
class Files : public testing::Test {
 protected:
  Files()
      : root_(fs::temp_directory_path() /
              ("loyalty-files-" + std::to_string(getpid()) + "-" +
               testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::create_directories(root_);
  }
  ~Files() override { fs::remove_all(root_); }

  void write(const std::string& path, const std::string& content) const {
    fs::create_directories((folder() / path).parent_path());
    std::ofstream(folder() / path, std::ios::binary) << content;
  }
  fs::path folder() const { return root_ / "public"; }
  FileServer server(const std::string& prefix = "/") const {
    return FileServer({.folder = folder(), .prefix = prefix});
  }
  static std::optional<Response> get(
      const FileServer& server, std::string_view path,
      std::vector<std::pair<std::string_view, std::string_view>> headers = {},
      std::string_view query = {}) {
    Request request;
    request.path = path;
    request.query = query;
    request.headers = std::move(headers);
    return server.serve(request);
  }

  fs::path root_;
};

TEST_F(Files, AreServedWithTheirTypes) {
  write("index.html", "<p>");
  write("a/core.wasm", std::string("\0asm", 4));
  write("a/core.js", "x");
  write("a/LOGO.SVG", "<svg>");
  write("a/unknown.xyz", "?");
  write("a/none", "?");
  const FileServer files = server();
  EXPECT_EQ(files.files(), 6U);
  EXPECT_EQ(get(files, "/")->content_type, "text/html; charset=utf-8");
  EXPECT_EQ(*get(files, "/index.html")->file, "<p>");
  EXPECT_EQ(get(files, "/a/core.wasm")->content_type, "application/wasm");
  EXPECT_EQ(*get(files, "/a/core.wasm")->file, std::string("\0asm", 4));
  EXPECT_EQ(get(files, "/a/core.js")->content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(get(files, "/a/LOGO.SVG")->content_type, "image/svg+xml");
  EXPECT_EQ(get(files, "/a/unknown.xyz")->content_type, "application/octet-stream");
  EXPECT_EQ(get(files, "/a/none")->content_type, "application/octet-stream");
  EXPECT_EQ(header_of(*get(files, "/a/none"), "X-Content-Type-Options"), "nosniff");
}

TEST_F(Files, AreServedUnderTheirPrefixOnly) {
  write("x.js", "x");
  const FileServer files = server("/static/");
  EXPECT_TRUE(get(files, "/static/x.js"));
  EXPECT_FALSE(get(files, "/x.js"));
  EXPECT_FALSE(get(files, "/staticx.js"));
  EXPECT_FALSE(get(files, "/static"));
}

TEST_F(Files, AreReadOnly) {
  write("x.js", "x");
  const FileServer files = server();
  Request request;
  request.path = "/x.js";
  for (const Method method :
       {Method::post, Method::put, Method::patch, Method::del, Method::options}) {
    request.method = method;
    EXPECT_FALSE(files.serve(request)) << name_of(method);
  }
  request.method = Method::head;
  EXPECT_TRUE(files.serve(request));
}

TEST_F(Files, HaveNoWayOutOfTheirFolder) {
  write("sub/x.js", "x");
  std::ofstream(root_ / "secret.txt") << "secret";
  const FileServer files = server();
  for (const std::string_view path :
       {"/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/sub/../../secret.txt",
        "/sub/..", "/sub/../sub/x.js", "/./sub/x.js", "//sub/x.js", "/sub//x.js", "/sub%2fx.js",
        "/sub\\x.js", "/sub/x.js%00.html", "/sub/x.js/", "/%ff", "/%", ""}) {
    EXPECT_FALSE(get(files, path)) << path;
  }
  EXPECT_TRUE(get(files, "/sub/x.js"));
}

TEST_F(Files, WithADotInFrontStayHidden) {
  write(".env", "secret");
  write(".git/config", "secret");
  write("sub/.htpasswd", "secret");
  write("x.js", "x");
  const FileServer files = server();
  EXPECT_EQ(files.files(), 1U);
  EXPECT_FALSE(get(files, "/.env"));
  EXPECT_FALSE(get(files, "/.git/config"));
}

TEST_F(Files, AreNotSentAgainToAClientThatHasThem) {
  write("x.js", "x");
  write("y.js", "y");
  const FileServer files = server();
  const std::string etag = header_of(*get(files, "/x.js"), "ETag");
  EXPECT_TRUE(etag.starts_with("\"1-") && etag.ends_with("\"")) << etag;
  EXPECT_NE(etag, header_of(*get(files, "/y.js"), "ETag"));
  for (const std::string& known : {etag, "W/" + etag, "\"other\", " + etag, std::string("*")}) {
    const auto response = get(files, "/x.js", {{"If-None-Match", known}});
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 304) << known;
    EXPECT_EQ(response->file, nullptr);
    EXPECT_EQ(header_of(*response, "ETag"), etag);
  }
  EXPECT_EQ(get(files, "/x.js", {{"If-None-Match", "\"other\""}})->status, 200);
}

TEST_F(Files, AreSentCompressedToClientsThatTakeIt) {
  write("x.js", "plain");
  write("x.js.br", "brotli");
  write("x.js.gz", "gzip");
  write("y.js", "plain");
  const FileServer files = server();
  const auto sent = [&](std::string_view accepted) {
    return *get(files, "/x.js", {{"Accept-Encoding", accepted}})->file;
  };
  EXPECT_EQ(*get(files, "/x.js")->file, "plain");
  EXPECT_EQ(sent("gzip, deflate, br"), "brotli");
  EXPECT_EQ(sent("GZIP"), "gzip");
  EXPECT_EQ(sent("br;q=0, gzip;q=0.5"), "gzip");
  EXPECT_EQ(sent("br;q=0.000,gzip; q=0"), "plain");
  EXPECT_EQ(sent("brotli"), "plain");
  const auto response = get(files, "/x.js", {{"Accept-Encoding", "br"}});
  EXPECT_EQ(header_of(*response, "Content-Encoding"), "br");
  EXPECT_EQ(header_of(*response, "Vary"), "Accept-Encoding");
  EXPECT_EQ(response->content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(header_of(*get(files, "/x.js"), "Vary"), "Accept-Encoding");
  EXPECT_EQ(header_of(*get(files, "/y.js"), "Vary"), "");
  EXPECT_NE(header_of(*response, "ETag"), header_of(*get(files, "/x.js"), "ETag"))
      << "other bytes, other tag";
  EXPECT_FALSE(get(files, "/x.js.br"));
}

TEST_F(Files, WithNamesThatChangeMayBeKeptForever) {
  EXPECT_TRUE(is_immutable_name("core-CgD6BJF-.js"));
  EXPECT_TRUE(is_immutable_name("a/loyalty-ZEG9ge-G.wasm"));
  EXPECT_TRUE(is_immutable_name("loyalty-js-BwiKrgPq.js.map"));
  EXPECT_TRUE(is_immutable_name("0.1.0/loader.js"));
  EXPECT_TRUE(is_immutable_name("cdn/10.20.30/x"));
  for (const std::string_view name :
       {"loader.js", "loyalty-elements.js", "loyalty-Settings.js", "report-20240101.json",
        "index.html", "0.1/loader.js", "0.1.0", "v0.1.0/x", "..1/x", "-CgD6BJF-.js", ""}) {
    EXPECT_FALSE(is_immutable_name(name)) << name;
  }
  write("core-CgD6BJF-.js", "x");
  write("loader.js", "x");
  const FileServer files = server();
  EXPECT_EQ(header_of(*get(files, "/core-CgD6BJF-.js"), "Cache-Control"),
            "public, max-age=31536000, immutable");
  EXPECT_EQ(header_of(*get(files, "/loader.js"), "Cache-Control"), "no-cache");
}

TEST_F(Files, OfAFolderAreFoundBehindItsSlash) {
  write("docs/index.html", "<p>");
  const FileServer files = server("/web/");
  const auto moved = get(files, "/web/docs");
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->status, 308);
  EXPECT_EQ(header_of(*moved, "Location"), "/web/docs/");
  const auto with_query = get(files, "/web/docs", {}, "a=1&b=2");
  EXPECT_EQ(header_of(*with_query, "Location"), "/web/docs/?a=1&b=2");
  EXPECT_EQ(*get(files, "/web/docs/")->file, "<p>");
  EXPECT_FALSE(get(files, "/web/"));
}

TEST_F(Files, CarryTheHeadersTheyAreGiven) {
  write("x.js", "x");
  const FileServer files({.folder = folder(), .headers = {{"Access-Control-Allow-Origin", "*"}}});
  EXPECT_EQ(header_of(*get(files, "/x.js"), "Access-Control-Allow-Origin"), "*");
}

TEST_F(Files, ThatAreMissingOrTooManyAreToldAtTheStart) {
  EXPECT_THROW(server(), fs::filesystem_error);
  write("x.js", std::string(1000, 'x'));
  EXPECT_THROW(FileServer({.folder = folder(), .bytes_max = 999}), std::length_error);
  EXPECT_NO_THROW(FileServer({.folder = folder(), .bytes_max = 1000}));
}

}  // namespace
}  // namespace loyalty::http
