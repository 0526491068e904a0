#pragma once

#include <string>
#include <vector>

/// Messages as attackers and broken clients send them, with the answers they get. Used for the pure
/// reader and over sockets.
namespace loyalty::http {

inline constexpr std::size_t abuse_head_bytes = 8 * 1024;
inline constexpr std::size_t abuse_body_bytes = 64 * 1024;

struct AbuseCase {
  std::string name;
  std::string bytes;
  std::vector<int> statuses;  ///< of the answers in their order; what is not 200 is the last
  bool closes = true;         ///< the server ends the connection by itself
};

std::vector<AbuseCase> abuse_cases();

}  // namespace loyalty::http
