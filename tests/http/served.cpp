#include "tests/http/served.h"

#include <thread>

#include "tests/http/abuse_cases.h"

namespace loyalty::http {

Options test_options() {
  Options options;
  options.port = 0;
  options.loops = 2;
  options.head_bytes_max = abuse_head_bytes;
  options.body_bytes_max = abuse_body_bytes;
  return options;
}

void echo(Exchange exchange) {
  const Request& request = exchange.request();
  Response response{.content_type = "text/plain"};
  response.body = std::string(name_of(request.method)) + " " + std::string(request.path) + " " +
                  std::string(request.query) + " " + std::string(request.body);
  exchange.answer(std::move(response));
}

std::string request_of(const std::string& method, const std::string& target,
                       const std::string& fields, const std::string& body) {
  std::string text = method + " " + target + " HTTP/1.1\r\nHost: a\r\n" + fields;
  if (!body.empty()) {
    text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  }
  return text + "\r\n" + body;
}

bool eventually(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) {
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

}  // namespace loyalty::http
