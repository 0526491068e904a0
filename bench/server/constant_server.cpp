#include <csignal>
#include <cstdio>
#include <string>

#include <unistd.h>

#include "native/http/server.h"

// The transport alone: every request gets the same answer. What the real server reaches is measured
// beside it, with the same client in the same run.
int main() {
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigaddset(&stop, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);

  loyalty::http::Options options;
  options.port = 0;
  loyalty::http::Server server{options, [](loyalty::http::Exchange exchange) {
                                 exchange.answer({.body = R"({"ok":true})"});
                               }};
  std::printf("{\"listening\":\"http://127.0.0.1:%d\"}\n", int{server.port()});
  std::fflush(stdout);
  int signal = 0;
  sigwait(&stop, &signal);
  server.stop(std::chrono::seconds{1});
}
