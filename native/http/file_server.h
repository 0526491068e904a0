#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "native/http/server.h"

namespace loyalty::http {

/// Whether a build gave this file a name that changes with its content ("core-CgD6BJF-.js"), or a
/// folder named by a version ("0.1.0/loader.js") holds it.
bool is_immutable_name(std::string_view path);

/// Serves the files of a folder as they were when it was made. Requests never touch the file
/// system, so no path leads out of the folder; safe to use from any thread.
///
/// Beside "a.js" may stand "a.js.br" and "a.js.gz", which are sent to clients that take them.
/// Names that begin with a dot are not served.
class FileServer {
 public:
  struct Options {
    std::filesystem::path folder;
    std::string prefix = "/";          ///< of the paths that are served; ends with '/'
    std::string index = "index.html";  ///< stands for its folder
    std::vector<Header> headers = {};  ///< on every answer, beside those of caching
    std::size_t bytes_max = std::size_t{256} * 1024 * 1024;
    /// By the path below `folder`; such a file may be kept forever, others are asked for each time.
    std::function<bool(std::string_view path)> is_immutable = is_immutable_name;
  };

  /// Reads the folder. Throws std::filesystem::filesystem_error where it cannot, std::length_error
  /// where it holds more than bytes_max.
  explicit FileServer(Options options);

  /// The answer to a GET or HEAD of one of the files; nothing for any other request.
  std::optional<Response> serve(const Request& request) const;

  std::size_t files() const { return files_.size(); }

 private:
  /// One encoding of a file.
  struct Variant {
    std::shared_ptr<const std::string> content;
    std::string etag;
  };
  struct File {
    std::string_view content_type;
    bool immutable = false;
    Variant plain;
    std::optional<Variant> brotli;
    std::optional<Variant> gzip;
  };

  Response answer(const File& file, const Request& request) const;

  Options options_;
  std::map<std::string, File, std::less<>> files_;  ///< by path below the folder
};

}  // namespace loyalty::http
