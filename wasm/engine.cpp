#include "wasm/engine.h"

#include <string>
#include <utility>

#include "core/base/build.h"
#include "core/base/limits.h"

namespace loyalty::wasm {
namespace {

/// A number from the page as the whole number that it is; false where it is none or out of range.
/// What is no number at all compares false with everything.
bool read_whole(double number, std::int64_t min, std::int64_t max, std::int64_t& to) {
  if (!(number >= static_cast<double>(min) && number <= static_cast<double>(max))) {
    return false;
  }
  const auto whole = static_cast<std::int64_t>(number);
  if (static_cast<double>(whole) != number) {
    return false;
  }
  to = whole;
  return true;
}

/// An index from the page; `size` where it is none.
std::size_t read_index(double number, std::size_t size) {
  std::int64_t index = 0;
  return size != 0 && read_whole(number, 0, static_cast<std::int64_t>(size) - 1, index)
             ? static_cast<std::size_t>(index)
             : size;
}

}  // namespace

Wanted wanted(unsigned want) {
  return {.explain = (want & want_explain) != 0,
          .offers = (want & want_offers) != 0,
          .near_misses = (want & want_near_misses) != 0};
}

Engine::HeldCatalog::HeldCatalog(Bytes own_bytes, Arena own_arena, const Catalog& decoded)
    : bytes{std::move(own_bytes)},
      arena{std::move(own_arena)},
      catalog{decoded},
      compiled{catalog} {}

char* Engine::reserve(std::size_t bytes) {
  if (bytes > limits::document_bytes_max) {
    return nullptr;
  }
  if (input_.size < bytes || input_.bytes == nullptr) {
    input_ = {};  // first, so that both are never held at once
    input_ = {std::unique_ptr<char[]>{new char[bytes]}, bytes};
  }
  return input_.bytes.get();
}

/// What was announced but never reserved is no document.
std::string_view Engine::input(std::size_t bytes) const {
  return {input_.bytes.get(), bytes <= input_.size ? bytes : 0};
}

// A preview build tells codes only, so it has nothing made that would tell more.

ErrorCode Engine::read_input(std::size_t bytes) {
  if constexpr (preview_only) {
    return reader_.accept(input(bytes), limits::document_bytes_max);
  } else {
    return refuse(reader_.read(input(bytes), limits::document_bytes_max));
  }
}

ErrorCode Engine::read_catalog(Arena& arena, Catalog& catalog) {
  if constexpr (preview_only) {
    return accept_catalog(reader_.tape(), arena, catalog);
  } else {
    return refuse(decode_catalog(reader_.tape(), arena, catalog));
  }
}

ErrorCode Engine::read_request(RequestDocument& request) {
  if constexpr (preview_only) {
    return request.accept(reader_.tape(), &held_->catalog);
  } else {
    return refuse(request.read(reader_.tape(), &held_->catalog));
  }
}

ErrorCode Engine::open_catalog(std::size_t bytes) {
  if (const ErrorCode code = read_input(bytes); code != ErrorCode::none) {
    return code;
  }
  Arena arena;
  Catalog catalog;
  if (const ErrorCode code = read_catalog(arena, catalog); code != ErrorCode::none) {
    return code;
  }
  has_checkout_ = false;
  quote_ = nullptr;
  held_.reset();  // before the next is compiled, for there may not be room for both
  held_ = std::make_unique<HeldCatalog>(std::exchange(input_, {}), std::move(arena), catalog);
  ++catalogs_opened_;
  return ErrorCode::none;
}

ErrorCode Engine::open_checkout(std::size_t bytes) {
  if (held_ == nullptr) {
    if constexpr (preview_only) {
      return ErrorCode::missing_field;
    } else {
      return refuse(
          Error{ErrorCode::missing_field, "/catalog",
                std::string(sentence_of(ErrorCode::missing_field)) + " No catalog is open."});
    }
  }
  if (next_request_.document == nullptr) {
    next_request_.document = std::make_unique<RequestDocument>();
  }
  if (const ErrorCode code = read_input(bytes); code != ErrorCode::none) {
    return code;
  }
  if (const ErrorCode code = read_request(*next_request_.document); code != ErrorCode::none) {
    return code;
  }
  std::swap(request_, next_request_);
  std::swap(request_.bytes, input_);
  hold_checkout();
  return ErrorCode::none;
}

void Engine::hold_checkout() {
  const RequestDocument& document = *request_.document;
  cart_ = document.cart();
  lines_.assign(cart_.lines);
  cart_.lines = {lines_.data(), lines_.size()};
  chosen_.assign(document.intent().chosen);
  intent_.chosen = {chosen_.data(), chosen_.size()};
  now_ = document.now();
  amount_ = cart_.fees;
  for (const CartLine& line : lines_) {
    amount_ += line.unit_price * line.quantity;
  }
  for (const ShippingMethod& method : cart_.shipping) {
    amount_ += method.price;
  }
  prepare(held_->compiled, {document.account(), &cart_, document.resolved()}, workspace_);
  quote_ = nullptr;
  has_checkout_ = true;
}

ErrorCode Engine::set_quantity(double line, double quantity) {
  const std::size_t lines = has_checkout_ ? lines_.size() : 0;
  const std::size_t index = read_index(line, lines);
  std::int64_t count = 0;
  if (index == lines || !read_whole(quantity, 1, limits::quantity_max, count)) {
    return refuse_number("/cart/lines", index, "quantity");
  }
  const Money price = lines_[index].unit_price;
  const Money subtotal = price * count;
  const Money amount = amount_ - price * lines_[index].quantity + subtotal;
  if (subtotal.minor_units() > limits::money_minor_max ||
      amount.minor_units() > limits::cart_minor_max) {
    return refuse_number("/cart/lines", index, "quantity");
  }
  amount_ = amount;
  lines_[index].quantity = count;
  loyalty::set_quantity(index, count, workspace_);
  quote_ = nullptr;
  return ErrorCode::none;
}

ErrorCode Engine::set_points(double entry, double points) {
  const std::size_t entries = has_checkout_ ? chosen_.size() : 0;
  const std::size_t index = read_index(entry, entries);
  std::int64_t count = 0;
  if (index == entries || chosen_[index].kind != ChoiceKind::reward ||
      !read_whole(points, -1, limits::points_max, count) || count == 0) {
    return refuse_number("/intent/chosen", index, "points");
  }
  chosen_[index].points = count < 0 ? std::nullopt : std::optional{Points::of(count)};
  quote_ = nullptr;
  return ErrorCode::none;
}

ErrorCode Engine::set_now(double ms) {
  std::int64_t count = 0;
  if (!has_checkout_ || !read_whole(ms, 0, limits::instant_ms_max - 1, count)) {
    if constexpr (preview_only) {
      return ErrorCode::out_of_range;
    } else {
      return refuse(Error{ErrorCode::out_of_range, "/now",
                          std::string(sentence_of(ErrorCode::out_of_range))});
    }
  }
  now_ = Instant::from_ms(count);
  quote_ = nullptr;
  return ErrorCode::none;
}

const double* Engine::run(unsigned want) {
  if (!has_checkout_) {
    return nullptr;
  }
  Wanted parts = wanted(want);
  parts.lines_later = true;  // many a run is looked at for its sums alone
  quote_ = &quote(intent_, now_, parts, workspace_);
  write_header(*quote_, header_);
  return header_;
}

const double* Engine::detail() {
  if (quote_ == nullptr) {
    return nullptr;
  }
  write_lines(workspace_);
  write_detail(*quote_, stream_);
  header_[header_stream_size] = static_cast<double>(stream_.size());
  return stream_.data();
}

Workspace& Engine::take_workspace() {
  quote_ = nullptr;
  return workspace_;
}

/// Keeps what was wrong, if anything was; none where all is well.
ErrorCode Engine::refuse(std::optional<Error> error) {
  if (!error) {
    return ErrorCode::none;
  }
  refusal_ = *std::move(error);
  return refusal_.code;
}

ErrorCode Engine::refuse_number(std::string_view list, std::size_t index, std::string_view field) {
  if constexpr (preview_only) {
    return ErrorCode::out_of_range;
  } else {
    Error error{ErrorCode::out_of_range, std::string(list),
                std::string(sentence_of(ErrorCode::out_of_range))};
    append_pointer_step(error.path, index);
    append_pointer_step(error.path, field);
    return refuse(std::move(error));
  }
}

Engine& engine() {
  static Engine& only = *new Engine;  // never torn down: the instance ends with its page
  return only;
}

}  // namespace loyalty::wasm
