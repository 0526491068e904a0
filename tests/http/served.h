#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "native/http/server.h"

/// Servers to test, with short deadlines.
namespace loyalty::http {

inline constexpr std::chrono::milliseconds long_grace{5'000};

/// Limits of the abuse cases; two loops on any free port.
Options test_options();

/// Answers method, target and body of what was asked, as text.
void echo(Exchange exchange);

std::string request_of(const std::string& method, const std::string& target,
                       const std::string& fields = {}, const std::string& body = {});

/// Waits for what another thread brings about. False when it does not come.
bool eventually(const std::function<bool()>& condition);

}  // namespace loyalty::http
