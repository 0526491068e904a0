#include "native/api/router.h"

#include <array>
#include <map>
#include <set>
#include <stdexcept>

#include "native/http/target.h"

namespace loyalty::api {
namespace {

using service::Verb;

constexpr std::size_t verbs = 5;
constexpr std::size_t no_route = static_cast<std::size_t>(-1);

std::optional<Verb> verb_of(http::Method method) {
  switch (method) {
    case http::Method::get:
    case http::Method::head:
      return Verb::get;
    case http::Method::post:
      return Verb::post;
    case http::Method::put:
      return Verb::put;
    case http::Method::patch:
      return Verb::patch;
    case http::Method::del:
      return Verb::del;
    case http::Method::options:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> variable;
  std::array<std::size_t, verbs> rows = {no_route, no_route, no_route, no_route, no_route};

  bool ends_here() const {
    for (const std::size_t row : rows) {
      if (row != no_route) {
        return true;
      }
    }
    return false;
  }

  Node& below(std::string_view segment) {
    if (!variable_of(segment).empty()) {
      if (!variable) {
        variable = std::make_unique<Node>();
      }
      return *variable;
    }
    auto& next = literals[std::string{segment}];
    if (!next) {
      next = std::make_unique<Node>();
    }
    return *next;
  }

  /// The node of the rest of a path. Literals first; a variable where no path leads on from them.
  const Node* find(const std::vector<std::string>& segments, std::size_t at) const {
    if (at == segments.size()) {
      return ends_here() ? this : nullptr;
    }
    if (const auto literal = literals.find(segments[at]); literal != literals.end()) {
      if (const Node* const found = literal->second->find(segments, at + 1)) {
        return found;
      }
    }
    return variable && !segments[at].empty() ? variable->find(segments, at + 1) : nullptr;
  }

  std::string allow() const {
    std::string text;
    for (std::size_t verb = 0; verb < verbs; ++verb) {
      if (rows[verb] != no_route) {
        text += text.empty() ? "" : ", ";
        text += http::name_of(method_of(static_cast<Verb>(verb)));
        text += static_cast<Verb>(verb) == Verb::get ? ", HEAD" : "";
      }
    }
    return text;
  }
};

http::Method method_of(Verb verb) {
  constexpr std::array<http::Method, verbs> methods = {http::Method::get, http::Method::post,
                                                       http::Method::put, http::Method::patch,
                                                       http::Method::del};
  return methods[static_cast<std::size_t>(verb)];
}

std::string_view variable_of(std::string_view segment) {
  if (segment.size() < 3 || segment.front() != '{' || segment.back() != '}') {
    return {};
  }
  return segment.substr(1, segment.size() - 2);
}

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = path.find('/');
    segments.push_back(path.substr(0, end));
    path.remove_prefix(end == std::string_view::npos ? path.size() : end);
  }
  return segments;
}

Router::Router(const service::Routes& routes) : routes_{routes}, root_{std::make_unique<Node>()} {
  std::set<std::string_view> names;
  for (std::size_t index = 0; index < routes.size(); ++index) {
    const service::Route& route = routes[index];
    const std::string row = "route " + std::string{route.name};
    if (!route.path.starts_with('/')) {
      throw std::logic_error(row + ": the path does not begin with a slash");
    }
    if (!names.insert(route.name).second) {
      throw std::logic_error(row + ": the name is used twice");
    }
    Node* node = root_.get();
    for (const std::string_view segment : segments_of(route.path)) {
      if (segment.empty()) {
        throw std::logic_error(row + ": the path has an empty segment");
      }
      node = &node->below(segment);
    }
    if (route.path.find('{') == std::string_view::npos) {
      fixed_.emplace(route.path, node);
    }
    std::size_t& place = node->rows[static_cast<std::size_t>(route.verb)];
    if (place != no_route) {
      throw std::logic_error(row + ": " + std::string{routes[place].name} + " is the same request");
    }
    place = index;
  }
}

Router::~Router() = default;

Found Router::found_at(const Node& node, http::Method method) const {
  const auto verb = verb_of(method);
  const std::size_t row = verb ? node.rows[static_cast<std::size_t>(*verb)] : no_route;
  if (row == no_route) {
    return {.kind = Found::Kind::other_methods, .allow = node.allow()};
  }
  return {.kind = Found::Kind::route, .route = &routes_[row], .index = row};
}

Found Router::find(http::Method method, std::string_view path) const {
  if (const auto fixed = fixed_.find(path); fixed != fixed_.end()) {
    return found_at(*fixed->second, method);
  }
  auto segments = http::path_segments(path);
  if (!segments) {
    return {.kind = Found::Kind::malformed};
  }
  if (segments->size() > 1 && segments->front() == "_api") {
    segments->erase(segments->begin());
  }
  const Node* const node = root_->find(*segments, 0);
  if (node == nullptr) {
    return {};
  }
  Found found = found_at(*node, method);
  if (found.route == nullptr) {
    return found;
  }
  const auto parts = segments_of(found.route->path);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (const std::string_view name = variable_of(parts[i]); !name.empty()) {
      found.variables.emplace_back(name, std::move((*segments)[i]));
    }
  }
  return found;
}

}  // namespace loyalty::api
