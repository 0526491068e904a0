// A door for tests written in other languages: answers one whole request a line, or prints a sample
// request that uses every field.

#include <iostream>
#include <string>

#include "core/json/door.h"
#include "tests/json/documents.h"

int main(int argc, char** argv) {
  const std::string command = argc > 1 ? argv[1] : "";
  if (command == "sample") {
    std::cout << loyalty::test::full_request().dump() << '\n';
    return 0;
  }
  loyalty::Door door;
  std::string line;
  while (std::getline(std::cin, line)) {
    std::cout << (command == "optimize" ? door.optimize_whole(line) : door.quote_whole(line))
              << '\n';
  }
  return 0;
}
