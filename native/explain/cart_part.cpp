#include <algorithm>
#include <vector>

#include "native/explain/account_of_cart.h"
#include "native/text/table.h"
#include "native/text/utf8.h"

namespace loyalty::cli {
namespace {

constexpr std::size_t name_columns_max = 44;

/// One line a cart line or shipping method; each discount has a column of its own while there are
/// few, so that a row reads amount - discounts = net.
class CartTable {
 public:
  CartTable(const Scene& scene, const Quote& quote)
      : scene_{scene},
        quote_{quote},
        columns_{quote.discounts.size() <= discount_columns_max ? quote.discounts.size() : 0},
        table_{alignments(columns_ == 0 ? 1 : columns_)} {}

  std::string text(const Style& style) {
    header();
    for (std::size_t i = 0; i < quote_.lines.size(); ++i) {
      const CartLine& line = scene_.cart.lines[i];
      row(printable(line.id.text()), line.unit_price, line.quantity, line.tax_rate,
          quote_.lines[i]);
    }
    for (const AddedLine& added : quote_.added_lines) {
      gift(added);
    }
    for (std::size_t i = 0; i < quote_.shipping_lines.size(); ++i) {
      const ShippingMethod& method = scene_.cart.shipping[i];
      row("shipping: " + printable(method.id), method.price, 0, method.tax_rate,
          quote_.shipping_lines[i]);
    }
    return table_.text(style);
  }

 private:
  static std::vector<Align> alignments(std::size_t discounts) {
    std::vector<Align> columns(7 + discounts, Align::right);
    columns.front() = Align::left;
    return columns;
  }

  void header() {
    std::vector<std::string> cells{"Cart", "price", "qty", "amount"};
    for (std::size_t i = 0; i < columns_; ++i) {
      cells.push_back("(" + std::to_string(i + 1) + ")");
    }
    if (columns_ == 0) {
      cells.emplace_back(quote_.discounts.empty() ? "" : "discounts");
    }
    cells.insert(cells.end(), {"net", "rate", "tax"});
    std::vector<Role> roles(cells.size(), Role::quiet);
    roles.front() = Role::title;
    table_.row(std::move(cells), std::move(roles));
    table_.rule();
  }

  /// What of each discount fell here, with a minus; empty for nothing.
  std::vector<std::string> share_cells(const QuoteLine& line) const {
    std::vector<std::string> cells(columns_ == 0 ? 1 : columns_);
    if (columns_ == 0) {
      cells[0] = line.discount == no_money ? "" : scene_.money(-line.discount);
      return cells;
    }
    for (const Share& share : line.shares) {
      std::string& cell = cells[share.discount];
      // Two effects of one promotion may both fall on a line; the core lists each.
      cell += (cell.empty() ? "" : " ") + scene_.money(-share.amount);
    }
    return cells;
  }

  void row(const std::string& name, Money price, std::int64_t quantity, RatePpm tax_rate,
           const QuoteLine& line) {
    std::vector<std::string> cells{shortened(name, name_columns_max), scene_.money(price),
                                   quantity == 0 ? "" : count(quantity),
                                   scene_.money(line.subtotal)};
    std::vector<Role> roles(4, Role::plain);
    for (std::string& share : share_cells(line)) {
      cells.push_back(std::move(share));
      roles.push_back(Role::good);
    }
    cells.push_back(scene_.money(line.net));
    cells.push_back(percent(tax_rate));
    cells.push_back(scene_.money(line.tax));
    roles.insert(roles.end(), {Role::title, Role::quiet, Role::quiet});
    table_.row(std::move(cells), std::move(roles));
  }

  void gift(const AddedLine& added) {
    std::vector<std::string> cells{shortened(printable(added.product.text()), name_columns_max),
                                   scene_.money(added.unit_price), count(added.quantity)};
    cells.resize(4 + (columns_ == 0 ? 1 : columns_));
    if (columns_ > 0) {
      cells[4 + added.discount] = "gift";
    }
    cells.emplace_back("free");
    table_.row(std::move(cells), Role::good);
  }

  const Scene& scene_;
  const Quote& quote_;
  std::size_t columns_;
  Table table_;
};

}  // namespace

std::string cart_part(const Scene& scene, const Quote& quote, const Style& style) {
  return CartTable{scene, quote}.text(style);
}

}  // namespace loyalty::cli
