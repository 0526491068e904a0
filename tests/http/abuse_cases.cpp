#include "tests/http/abuse_cases.h"

namespace loyalty::http {
namespace {

std::string times(std::size_t count, std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) {
    all.append(text);
  }
  return all;
}

/// A request line, Host, more fields, and what follows the head.
std::string get(const std::string& fields, const std::string& rest = {}) {
  return "GET /x HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + rest;
}

std::string post(const std::string& fields, const std::string& rest = {}) {
  return "POST /x HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + rest;
}

std::string chunked(const std::string& body) {
  return post("Transfer-Encoding: chunked\r\n", body);
}

std::string line(const std::string& request_line) { return request_line + "\r\nHost: a\r\n\r\n"; }

using namespace std::string_literals;

}  // namespace

std::vector<AbuseCase> abuse_cases() {
  const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
  return {
      // Framing that two readers could take differently.
      {"Content-Length and Transfer-Encoding",
       post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + smuggled),
       {400}},
      {"Transfer-Encoding and Content-Length",
       post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n" + smuggled),
       {400}},
      {"two different Content-Length",
       post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello!"),
       {400}},
      {"two equal Content-Length",
       post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"),
       {400}},
      {"a list as Content-Length", post("Content-Length: 5, 5\r\n", "hello"), {400}},
      {"signed Content-Length", post("Content-Length: +5\r\n", "hello"), {400}},
      {"negative Content-Length", post("Content-Length: -5\r\n", "hello"), {400}},
      {"hexadecimal Content-Length", post("Content-Length: 0x5\r\n", "hello"), {400}},
      {"empty Content-Length", post("Content-Length: \r\n", "hello"), {400}},
      {"Content-Length with words", post("Content-Length: 5 bytes\r\n", "hello"), {400}},
      {"Content-Length above 64 bits",
       post("Content-Length: 99999999999999999999\r\n", "hello"),
       {400}},
      {"unknown transfer coding", post("Transfer-Encoding: gzip\r\n", smuggled), {501}},
      {"chunked among others", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), {501}},
      {"chunked twice", post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"), {501}},
      {"identity", post("Transfer-Encoding: identity\r\n", "hello"), {501}},
      {"two Transfer-Encoding fields",
       post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n"),
       {400}},
      {"vertical tab before chunked",
       post("Transfer-Encoding: \x0b"
            "chunked\r\n",
            "0\r\n\r\n"),
       {400}},
      {"space before the colon", post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), {400}},
      {"chunked in HTTP/1.0",
       "POST /x HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       {400}},
      // Hosts and other fields that count once.
      {"no Host", "GET /x HTTP/1.1\r\n\r\n", {400}},
      {"two Hosts", get("Host: b\r\n"), {400}},
      {"empty Host", "GET /x HTTP/1.1\r\nHost:\r\n\r\n", {400}},
      {"Host with a path", "GET /x HTTP/1.1\r\nHost: a/b\r\n\r\n", {400}},
      {"Host with an account", "GET /x HTTP/1.1\r\nHost: a@b\r\n\r\n", {400}},
      {"two Authorization fields", get("Authorization: x\r\nAuthorization: y\r\n"), {400}},
      {"no Host in HTTP/1.0 is fine", "GET /x HTTP/1.0\r\n\r\n", {200}},
      // Bytes that may not stand in a head.
      {"NUL in a value", get("A: b\0c\r\n"s), {400}},
      {"NUL in the target", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"s, {400}},
      {"bare CR in a value", get("A: b\rc\r\n"), {400}},
      {"bare LF ends a line", "GET /x HTTP/1.1\nHost: a\n\n", {400}},
      {"bare LF ends a field", get("A: b\nTransfer-Encoding: chunked\r\n"), {400}},
      {"CR CR ends the head", "GET /x HTTP/1.1\r\nHost: a\r\n\r\r\n", {400}},
      {"a folded field", get("A: b\r\n c\r\n"), {400}},
      {"a folded first field", "GET /x HTTP/1.1\r\n Host: a\r\n\r\n", {400}},
      {"no colon", get("A\r\n"), {400}},
      {"no name", get(": b\r\n"), {400}},
      {"a name with a space", get("A B: c\r\n"), {400}},
      {"a name with bytes above ASCII", get("\xc3\x84: c\r\n"), {400}},
      {"escape character in a value", get("A: \x1b[2J\r\n"), {400}},
      // Request lines.
      {"HTTP/0.9", "GET /x\r\n\r\n", {400}},
      {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {505}},
      {"HTTP/3.0", line("GET /x HTTP/3.0"), {505}},
      {"HTTP/1.2", line("GET /x HTTP/1.2"), {505}},
      {"a version with three digits", line("GET /x HTTP/1.10"), {400}},
      {"http in small letters", line("GET /x http/1.1"), {400}},
      {"two spaces", line("GET  /x HTTP/1.1"), {400}},
      {"a space in the target", line("GET /x y HTTP/1.1"), {400}},
      {"a tab as separator", line("GET\t/x\tHTTP/1.1"), {400}},
      {"no target", line("GET HTTP/1.1"), {400}},
      {"an absolute target", line("GET http://a/x HTTP/1.1"), {400}},
      {"a target without a slash", line("GET x HTTP/1.1"), {400}},
      {"an asterisk", line("OPTIONS * HTTP/1.1"), {400}},
      {"a fragment", line("GET /x#y HTTP/1.1"), {400}},
      {"bytes above ASCII in the target", line("GET /\xc3\xa4 HTTP/1.1"), {400}},
      {"CONNECT", line("CONNECT a:443 HTTP/1.1"), {501}},
      {"TRACE", line("TRACE /x HTTP/1.1"), {501}},
      {"an unknown method", line("BREW /x HTTP/1.1"), {501}},
      {"a method in small letters", line("get /x HTTP/1.1"), {501}},
      {"a method with a brace", line("GE{T /x HTTP/1.1"), {400}},
      {"TLS on the plain port", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s, {400}},
      {"a space first", " GET /x HTTP/1.1\r\nHost: a\r\n\r\n", {400}},
      // Sizes.
      {"a long target", line("GET /" + std::string(9000, 'a') + " HTTP/1.1"), {431}},
      {"a long field", get("A: " + std::string(9000, 'a') + "\r\n"), {431}},
      {"many small fields", get(times(101, "A: b\r\n")), {431}},
      {"an endless head", "GET /x HTTP/1.1\r\n" + times(4000, "A: b\r\n"), {431}},
      {"10 MB by Content-Length", post("Content-Length: 10000000\r\n"), {413}},
      {"one byte too many by Content-Length", post("Content-Length: 65537\r\n"), {413}},
      {"all that may be", post("Content-Length: 65536\r\n", std::string(65536, 'a')), {200}, false},
      {"6.5 MB chunked",
       chunked(times(100, "10000\r\n" + std::string(65536, 'a') + "\r\n")),
       {413}},
      {"many small chunks above the limit",
       chunked(times(70, "400\r\n" + std::string(1024, 'a') + "\r\n")),
       {413}},
      // Chunks.
      {"100 KB chunk extension",
       chunked("5;" + std::string(100'000, 'a') + "\r\nhello\r\n0\r\n\r\n"),
       {431}},
      {"66 KB trailer",
       chunked("5\r\nhello\r\n0\r\nA: " + std::string(66'000, 'a') + "\r\n\r\n"),
       {431}},
      {"many trailers", chunked("0\r\n" + times(1000, "A: b\r\n") + "\r\n"), {431}},
      {"a trailer that is no field", chunked("0\r\nGET / HTTP/1.1\r\n\r\n"), {400}},
      {"a trailer ended by a bare LF", chunked("0\r\nA: b\n\r\n"), {400}},
      {"negative chunk size", chunked("-5\r\nhello\r\n0\r\n\r\n"), {400}},
      {"chunk size with a sign", chunked("+5\r\nhello\r\n0\r\n\r\n"), {400}},
      {"chunk size with 0x", chunked("0x5\r\nhello\r\n0\r\n\r\n"), {400}},
      {"chunk size of 17 digits", chunked("00000000000000005\r\nhello\r\n0\r\n\r\n"), {400}},
      {"chunk size that overflows", chunked("ffffffffffffffff\r\nhello\r\n0\r\n\r\n"), {413}},
      {"empty chunk size", chunked("\r\nhello\r\n0\r\n\r\n"), {400}},
      {"a space before the chunk size", chunked(" 5\r\nhello\r\n0\r\n\r\n"), {400}},
      {"chunk size ended by a bare LF", chunked("5\nhello\r\n0\r\n\r\n"), {400}},
      {"chunk size ended by a bare CR", chunked("5\rhello\r\n0\r\n\r\n"), {400}},
      {"a chunk longer than it says", chunked("5\r\nhello!!\r\n0\r\n\r\n"), {400}},
      {"a chunk ended by a bare LF", chunked("5\r\nhello\n0\r\n\r\n"), {400}},
      {"a bare LF in a chunk extension", chunked("5;a\nb\r\nhello\r\n0\r\n\r\n"), {400}},
      {"a chunk extension without a name", chunked("5;\r\nhello\r\n0\r\n\r\n"), {400}},
      {"a chunk extension without a value", chunked("5;a=\r\nhello\r\n0\r\n\r\n"), {400}},
      {"a quoted chunk extension", chunked("5;a=\"b\"\r\nhello\r\n0\r\n\r\n"), {400}},
      {"a space behind the chunk size", chunked("5 \r\nhello\r\n0\r\n\r\n"), {400}},
      {"Content-Length as a trailer", chunked("0\r\nContent-Length: 5\r\n\r\n"), {400}},
      {"Transfer-Encoding as a trailer", chunked("0\r\ntransfer-encoding: chunked\r\n\r\n"), {400}},
      // Expectations.
      {"an unknown expectation", post("Content-Length: 5\r\nExpect: magic\r\n", "hello"), {417}},
      // What is well-formed, if unusual.
      {"chunks with extensions and a trailer",
       chunked("5;a=b;c;d=e\r\nhello\r\n01\r\n!\r\n000\r\nA: b\r\n\r\n"),
       {200},
       false},
      {"an empty line first", "\r\n" + get(""), {200}, false},
      {"two empty lines first", "\r\n\r\n" + get(""), {400}},
      {"empty values and tabs", get("A:\r\nB:\t c \t\r\n"), {200}, false},
      {"a GET with a body", get("Content-Length: 5\r\n", "hello"), {200}, false},
      {"three in one go",
       get("") + post("Content-Length: 2\r\n", "hi") + get(""),
       {200, 200, 200},
       false},
      {"three, the second chunked",
       get("") + chunked("2\r\nhi\r\n0\r\n\r\n") + get(""),
       {200, 200, 200},
       false},
      {"good before bad", get("") + get("") + "nonsense\r\n\r\n", {200, 200, 400}},
      {"nothing behind the last", get("") + get("Connection: close\r\n") + get(""), {200, 200}},
      {"keep-alive is for HTTP/1.1 only", "GET /x HTTP/1.0\r\nHost: a\r\n\r\n" + get(""), {200}},
  };
}

}  // namespace loyalty::http
