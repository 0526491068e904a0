#pragma once

#include <streambuf>
#include <vector>

#include "native/io/input.h"
#include "native/io/output.h"

/// The program's input and output as standard streams, for code that is written for those.
namespace loyalty::cli {

class InputBuffer : public std::streambuf {
 public:
  /// `output` is flushed before input is waited for.
  InputBuffer(const Descriptor& from, Output& output);

 protected:
  int_type underflow() override;

 private:
  const Descriptor& from_;
  Output& output_;
  std::vector<char> bytes_;
};

class OutputBuffer : public std::streambuf {
 public:
  explicit OutputBuffer(Output& to) : to_{to} {}

 protected:
  int_type overflow(int_type c) override;
  std::streamsize xsputn(const char* text, std::streamsize size) override;

 private:
  Output& to_;
};

}  // namespace loyalty::cli
