#pragma once

#include <memory>

namespace loyalty {

/// The memory that quotes are computed in. Reused from quote to quote, so that a warm workspace
/// never touches the heap; one per thread.
class Workspace {
 public:
  Workspace();
  ~Workspace();
  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;

  struct Data;
  Data& data() { return *data_; }

 private:
  std::unique_ptr<Data> data_;
};

}  // namespace loyalty
