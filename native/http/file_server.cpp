#include "native/http/file_server.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "native/http/gate.h"
#include "native/http/target.h"

namespace loyalty::http {
namespace {

namespace fs = std::filesystem;

struct NamedType {
  std::string_view extension;
  std::string_view type;
};

constexpr std::array<NamedType, 26> types = {{
    {".avif", "image/avif"},
    {".css", "text/css; charset=utf-8"},
    {".csv", "text/csv; charset=utf-8"},
    {".gif", "image/gif"},
    {".html", "text/html; charset=utf-8"},
    {".ico", "image/x-icon"},
    {".jpeg", "image/jpeg"},
    {".jpg", "image/jpeg"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".md", "text/markdown; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".mp4", "video/mp4"},
    {".pdf", "application/pdf"},
    {".png", "image/png"},
    {".svg", "image/svg+xml"},
    {".ttf", "font/ttf"},
    {".txt", "text/plain; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".webm", "video/webm"},
    {".webmanifest", "application/manifest+json"},
    {".webp", "image/webp"},
    {".woff", "font/woff"},
    {".woff2", "font/woff2"},
    {".xml", "application/xml"},
}};

std::string_view type_of(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  const std::string_view extension =
      dot == std::string_view::npos ? std::string_view() : path.substr(dot);
  const auto* const row = std::find_if(types.begin(), types.end(), [&](const NamedType& type) {
    return same_word(type.extension, extension);
  });
  return row == types.end() ? "application/octet-stream" : row->type;
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The eight characters of base64url that a bundler puts before the extension. A word is none: it
/// has no capital but its first.
bool has_hash(std::string_view name) {
  constexpr std::size_t hash_size = 8;
  const std::string_view stem = name.substr(0, name.find('.'));
  if (stem.size() < hash_size + 2 || stem[stem.size() - hash_size - 1] != '-') {
    return false;
  }
  const std::string_view hash = stem.substr(stem.size() - hash_size);
  const bool in_alphabet = std::all_of(hash.begin(), hash.end(), [](char c) {
    return is_upper(c) || is_lower(c) || is_digit(c) || c == '-' || c == '_';
  });
  return in_alphabet && std::any_of(hash.begin() + 1, hash.end(), is_upper) &&
         std::any_of(hash.begin(), hash.end(), [](char c) { return is_lower(c) || is_digit(c); });
}

/// "1.20.3"
bool is_version(std::string_view name) {
  return std::count(name.begin(), name.end(), '.') == 2 && is_digit(name.front()) &&
         is_digit(name.back()) && name.find("..") == std::string_view::npos &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_digit(c) || c == '.'; });
}

std::string read_file(const fs::path& path, std::size_t bytes_max) {
  std::error_code error;
  if (fs::file_size(path, error) > bytes_max) {
    if (!error) {
      throw std::length_error("the folder of static files is too large");
    }
  }
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (error || !file) {
    throw fs::filesystem_error("cannot read a static file", path,
                               std::make_error_code(std::errc::io_error));
  }
  return text;
}

/// Size and FNV-1a hash: tells versions of our own files apart, which nobody forges.
std::string etag_of(std::string_view content) {
  constexpr std::uint64_t basis = 0xcbf29ce484222325;
  constexpr std::uint64_t prime = 0x100000001b3;
  constexpr int hexadecimal = 16;
  std::uint64_t hash = basis;
  for (const char c : content) {
    hash = (hash ^ static_cast<unsigned char>(c)) * prime;
  }
  std::string tag = "\"";
  std::array<char, 20> digits;
  for (const std::uint64_t number : {static_cast<std::uint64_t>(content.size()), hash}) {
    const char* const end =
        std::to_chars(digits.data(), digits.data() + digits.size(), number, hexadecimal).ptr;
    tag.append(tag.size() > 1 ? "-" : "")
        .append(digits.data(), static_cast<std::size_t>(end - digits.data()));
  }
  return tag + '"';
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  return first == std::string_view::npos
             ? std::string_view()
             : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Calls `visit` with every item of a comma-separated list until it returns true; true if it did.
template <typename Visit>
bool any_item(std::string_view list, Visit visit) {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    if (visit(trimmed(list.substr(0, comma)))) {
      return true;
    }
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
  return false;
}

/// Whether a weight ("q=0.5") is zero: the coding is refused by name.
bool is_zero_weight(std::string_view parameters) {
  const std::string_view weight = trimmed(parameters);
  return (weight.starts_with("q=0") || weight.starts_with("Q=0")) &&
         weight.find_first_not_of("0.", 2) == std::string_view::npos;
}

bool accepts(const Request& request, std::string_view coding) {
  return any_item(request.header("accept-encoding"), [&](std::string_view item) {
    const std::size_t semicolon = item.find(';');
    return same_word(trimmed(item.substr(0, semicolon)), coding) &&
           (semicolon == std::string_view::npos || !is_zero_weight(item.substr(semicolon + 1)));
  });
}

/// Entity tags of reads compare weakly.
bool has_tag(const Request& request, std::string_view etag) {
  return any_item(request.header("if-none-match"), [&](std::string_view item) {
    return item == "*" || (item.starts_with("W/") ? item.substr(2) : item) == etag;
  });
}

}  // namespace

bool is_immutable_name(std::string_view path) {
  std::string_view rest = path;
  for (;;) {
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) {
      return has_hash(rest);
    }
    if (slash > 0 && is_version(rest.substr(0, slash))) {
      return true;
    }
    rest.remove_prefix(slash + 1);
  }
}

FileServer::FileServer(Options options) : options_(std::move(options)) {
  std::map<std::string, std::string, std::less<>> contents;
  std::size_t bytes_left = options_.bytes_max;
  for (auto entry = fs::recursive_directory_iterator(options_.folder);
       entry != fs::recursive_directory_iterator(); ++entry) {
    if (entry->path().filename().string().starts_with('.')) {
      if (entry->is_directory()) {
        entry.disable_recursion_pending();
      }
      continue;
    }
    if (entry->is_regular_file()) {
      std::string content = read_file(entry->path(), bytes_left);
      bytes_left -= content.size();
      contents.emplace(entry->path().lexically_relative(options_.folder).generic_string(),
                       std::move(content));
    }
  }
  const auto variant_of = [](std::string& content) {
    Variant variant;
    variant.etag = etag_of(content);
    variant.content = std::make_shared<const std::string>(std::move(content));
    return variant;
  };
  const auto beside = [&](const std::string& path,
                          std::string_view extension) -> std::optional<Variant> {
    const auto found = contents.find(path + std::string(extension));
    return found == contents.end() ? std::nullopt : std::optional(variant_of(found->second));
  };
  for (auto& [path, content] : contents) {
    const bool is_variant = (path.ends_with(".br") || path.ends_with(".gz")) &&
                            contents.contains(path.substr(0, path.size() - 3));
    if (is_variant) {
      continue;
    }
    File file;
    file.content_type = type_of(path);
    file.immutable = options_.is_immutable(path);
    file.plain = variant_of(content);
    file.brotli = beside(path, ".br");
    file.gzip = beside(path, ".gz");
    files_.emplace(path, std::move(file));
  }
}

std::optional<Response> FileServer::serve(const Request& request) const {
  const bool reads = request.method == Method::get || request.method == Method::head;
  if (!reads || !request.path.starts_with(options_.prefix)) {
    return std::nullopt;
  }
  const auto segments = path_segments(request.path.substr(options_.prefix.size() - 1));
  if (!segments) {
    return std::nullopt;
  }
  std::string path;
  for (const std::string& segment : *segments) {
    const bool is_last = &segment == &segments->back();
    // A slash that was escaped is part of a name, and no file has one in its name.
    if (segment.find('/') != std::string::npos || (segment.empty() && !is_last)) {
      return std::nullopt;
    }
    path.append(segment).append(is_last ? "" : "/");
  }
  if (segments->back().empty()) {
    path.append(options_.index);
  }
  if (const auto found = files_.find(path); found != files_.end()) {
    return answer(found->second, request);
  }
  if (files_.contains(path + '/' + options_.index)) {
    Response moved{.status = 308, .content_type = {}, .headers = options_.headers};
    std::string location = std::string(request.path) + '/';
    if (!request.query.empty()) {
      location.append("?").append(request.query);
    }
    moved.headers.emplace_back("Location", std::move(location));
    return moved;
  }
  return std::nullopt;
}

Response FileServer::answer(const File& file, const Request& request) const {
  const Variant* variant = &file.plain;
  std::string_view coding;
  if (file.brotli && accepts(request, "br")) {
    variant = &*file.brotli;
    coding = "br";
  } else if (file.gzip && accepts(request, "gzip")) {
    variant = &*file.gzip;
    coding = "gzip";
  }
  Response response{.content_type = file.content_type, .headers = options_.headers};
  response.headers.emplace_back("ETag", variant->etag);
  response.headers.emplace_back(
      "Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  if (file.brotli || file.gzip) {
    response.headers.emplace_back("Vary", "Accept-Encoding");
  }
  if (has_tag(request, variant->etag)) {
    response.status = 304;
    return response;
  }
  if (!coding.empty()) {
    response.headers.emplace_back("Content-Encoding", coding);
  }
  response.file = variant->content;
  return response;
}

}  // namespace loyalty::http
