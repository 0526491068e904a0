#include "native/ledger/operation.h"

#include "core/json/decoder.h"
#include "core/json/fields.h"
#include "core/rules/earning.h"
#include "native/ledger/decode_parts.h"
#include "native/ledger/names.h"

namespace loyalty::ledger {
namespace {

enum class Op {
  create,
  earn,
  adjust,
  hold,
  capture,
  release,
  expire,
  redeem,
  refund,
  reverse,
  merge,
  advance,
  status,
  set_expiry,
  extend,
  set_zone
};
constexpr std::string_view op_names[] = {
    "create", "earn",    "adjust", "hold",    "capture", "release",   "expire", "redeem",
    "refund", "reverse", "merge",  "advance", "status",  "setExpiry", "extend", "setZone"};

constexpr FieldNames any_fields{"op"};
constexpr FieldNames account_fields{"op", "key", "at", "origin", "account"};
constexpr FieldNames earn_fields{"op",     "key",  "at",         "origin", "account",
                                 "points", "base", "conversion", "byRule"};
constexpr FieldNames conversion_fields{"moneyAmount", "points"};
constexpr FieldNames adjust_fields{"op",     "key",     "at",       "origin",          "account",
                                   "points", "balance", "revision", "excludeFromTiers"};
constexpr FieldNames hold_fields{"op", "key", "at", "origin", "account", "points", "minutes"};
constexpr FieldNames capture_fields{"op", "key", "at", "origin", "hold", "points"};
constexpr FieldNames redeem_fields{"op", "key", "at", "origin", "account", "points"};
constexpr FieldNames of_fields{"op", "key", "at", "origin", "of", "points"};
constexpr FieldNames merge_fields{"op", "key", "at", "origin", "from", "into"};
constexpr FieldNames advance_fields{"op", "key", "origin", "to"};
constexpr FieldNames status_fields{"op", "key", "at", "origin", "status"};
constexpr FieldNames set_expiry_fields{"op", "key", "at", "origin", "expiry"};
constexpr FieldNames extend_fields{"op", "key", "at", "origin", "hold", "minutes"};
constexpr FieldNames set_zone_fields{"op", "key", "at", "origin", "zone"};

constexpr TextRule key_text{1, static_cast<std::int64_t>(key_bytes_max)};
constexpr TextRule origin_text{0, static_cast<std::int64_t>(origin_bytes_max)};
constexpr Range adjustment{-limits::points_per_call_max, limits::points_per_call_max};
constexpr Range base_amounts{-limits::cart_minor_max, limits::cart_minor_max};
constexpr Range hold_minutes{1, 366 * 24 * 60};

/// Whoever moves points names a key, so that a retry can be told from a second wish.
enum class Key { needed, optional };

class OperationDecoder {
 public:
  OperationDecoder(Decoder& decoder, const Setup& setup) : decoder_{decoder}, setup_{setup} {}

  Operation decode(Op op) {
    out_.name = op_names[static_cast<std::size_t>(op)];
    switch (op) {
      case Op::create:
        account_only<CreateAccount>();
        break;
      case Op::earn:
        earn();
        break;
      case Op::adjust:
        adjust();
        break;
      case Op::hold:
        hold();
        break;
      case Op::capture:
        capture();
        break;
      case Op::release:
        release();
        break;
      case Op::expire:
        account_only<Expire>();
        break;
      case Op::redeem:
        redeem();
        break;
      case Op::refund:
        back<Refund>();
        break;
      case Op::reverse:
        back<Reverse>();
        break;
      case Op::merge:
        merge();
        break;
      case Op::advance:
        advance();
        break;
      case Op::status:
        status();
        break;
      case Op::set_expiry:
        set_expiry();
        break;
      case Op::extend:
        extend();
        break;
      case Op::set_zone:
        set_zone();
        break;
    }
    return std::move(out_);
  }

 private:
  template <const auto& kind>
  Fields<kind> open(Key key) {
    const Fields<kind> in{decoder_, 0, Unknown::refused};
    std::string_view text;
    if (key == Key::needed) {
      decoder_.need(in.template at<"key">(), text, key_text);
    } else {
      decoder_.read(in.template at<"key">(), text, key_text);
    }
    out_.key = text;
    text = {};
    decoder_.read(in.template at<"origin">(), text, origin_text);
    out_.origin = text;
    return in;
  }

  std::string need_text(const Field& field, TextRule rule) {
    std::string_view text;
    decoder_.need(field, text, rule);
    return std::string(text);
  }

  template <class Command>
  void account_only() {
    const auto in = open<account_fields>(Key::optional);
    decoder_.read(in.at<"at">(), out_.at);
    std::string_view account;
    if (std::is_same_v<Command, CreateAccount>) {
      decoder_.need(in.at<"account">(), account, id_text);
    } else {
      decoder_.read(in.at<"account">(), account, id_text);
    }
    out_.command = Command{std::string(account)};
  }

  void earn() {
    const auto in = open<earn_fields>(Key::needed);
    decoder_.read(in.at<"at">(), out_.at);
    Earn earn;
    earn.account = need_text(in.at<"account">(), id_text);
    decoder_.read(in.at<"byRule">(), earn.by_rule);
    if (in.has<"base">() || in.has<"conversion">()) {
      earn_by_conversion(in.at<"base">(), in.at<"conversion">(), earn);
      if (in.has<"points">()) {
        decoder_.fail(ErrorCode::unknown_field, in.at<"points">());
      }
    } else {
      decoder_.need(in.at<"points">(), earn.points, Range{earn.by_rule ? 0 : 1, ranges::cost.max});
    }
    out_.command = earn;
  }

  void earn_by_conversion(const Field& base_field, const Field& conversion, Earn& earn) {
    Money base;
    EarningConfig config{.tier = {}, .points = Points::of(1), .money_amount = 1};
    decoder_.need(base_field, base, base_amounts);
    if (!conversion) {
      decoder_.fail(ErrorCode::missing_field, conversion.object, conversion.name);
      return;
    }
    const Fields<conversion_fields> in{decoder_, conversion.value, Unknown::refused};
    if (!in.is_object()) {
      return;
    }
    decoder_.need(in.at<"moneyAmount">(), config.money_amount,
                  Range{1, limits::earn_money_amount_max});
    decoder_.need(in.at<"points">(), config.points, ranges::cost);
    if (!setup_.currency) {
      decoder_.fail(ErrorCode::unknown_reference, conversion);  // there is no currency to convert
      return;
    }
    const Award award =
        rule_award(EarningRule{}, config, base, *setup_.currency, setup_.earn_rounding);
    earn.points = award.points;
    earn.by_rule = true;
    earn.clamped = award.clamped;
  }

  void adjust() {
    const auto in = open<adjust_fields>(Key::needed);
    decoder_.read(in.at<"at">(), out_.at);
    Adjust adjust;
    adjust.account = need_text(in.at<"account">(), id_text);
    decoder_.read(in.at<"points">(), adjust.points, adjustment);
    decoder_.read(in.at<"balance">(), adjust.balance, ranges::points);
    if (in.has<"revision">()) {
      std::int64_t revision = 0;
      decoder_.read_revision(in.at<"revision">(), revision);
      adjust.revision = revision;
    }
    decoder_.read(in.at<"excludeFromTiers">(), adjust.excluded_from_tiers);
    if (!in.has<"points">() && !in.has<"balance">()) {
      decoder_.fail(ErrorCode::missing_field, 0, "points");
    }
    out_.command = adjust;
  }

  void hold() {
    const auto in = open<hold_fields>(Key::needed);
    decoder_.read(in.at<"at">(), out_.at);
    PlaceHold hold;
    hold.account = need_text(in.at<"account">(), id_text);
    decoder_.need(in.at<"points">(), hold.points, ranges::cost);
    read_lifetime(in.at<"minutes">(), hold.lifetime);
    out_.command = hold;
  }

  void read_lifetime(const Field& field, std::optional<Duration>& lifetime) {
    if (field) {
      std::int64_t minutes = 1;
      decoder_.read(field, minutes, hold_minutes);
      lifetime = Duration::minutes(minutes);
    }
  }

  void extend() {
    const auto in = open<extend_fields>(Key::optional);
    decoder_.read(in.at<"at">(), out_.at);
    ExtendHold extend;
    extend.hold = need_text(in.at<"hold">(), key_text);
    read_lifetime(in.at<"minutes">(), extend.lifetime);
    out_.command = extend;
  }

  void set_zone() {
    const auto in = open<set_zone_fields>(Key::optional);
    decoder_.read(in.at<"at">(), out_.at);
    SetZone command;
    if (!in.has<"zone">()) {
      decoder_.fail(ErrorCode::missing_field, 0, "zone");
    }
    decode_zone(decoder_, in.at<"zone">(), command.zone);
    out_.command = command;
  }

  void capture() {
    const auto in = open<capture_fields>(Key::needed);
    decoder_.read(in.at<"at">(), out_.at);
    Capture capture;
    capture.hold = need_text(in.at<"hold">(), key_text);
    decoder_.read(in.at<"points">(), capture.points, ranges::cost);
    out_.command = capture;
  }

  void release() {
    const auto in = open<capture_fields>(Key::needed);
    decoder_.read(in.at<"at">(), out_.at);
    if (in.has<"points">()) {
      decoder_.fail(ErrorCode::unknown_field, in.at<"points">());  // a release is of all of it
    }
    out_.command = Release{need_text(in.at<"hold">(), key_text)};
  }

  void redeem() {
    const auto in = open<redeem_fields>(Key::needed);
    decoder_.read(in.at<"at">(), out_.at);
    Redeem redeem;
    redeem.account = need_text(in.at<"account">(), id_text);
    decoder_.need(in.at<"points">(), redeem.points, ranges::cost);
    out_.command = redeem;
  }

  template <class Command>
  void back() {
    const auto in = open<of_fields>(Key::needed);
    decoder_.read(in.at<"at">(), out_.at);
    Command command;
    command.of = need_text(in.at<"of">(), key_text);
    decoder_.read(in.at<"points">(), command.points, ranges::cost);
    out_.command = command;
  }

  void merge() {
    const auto in = open<merge_fields>(Key::needed);
    decoder_.read(in.at<"at">(), out_.at);
    std::string from = need_text(in.at<"from">(), id_text);
    out_.command = Merge{std::move(from), need_text(in.at<"into">(), id_text)};
  }

  void advance() {
    const auto in = open<advance_fields>(Key::optional);
    Instant to;
    decoder_.need(in.at<"to">(), to);
    out_.at = to;
    out_.command = Expire{};
  }

  void status() {
    const auto in = open<status_fields>(Key::optional);
    decoder_.read(in.at<"at">(), out_.at);
    SetStatus command;
    decoder_.need_name(in.at<"status">(), command.status, spelled::status);
    out_.command = command;
  }

  void set_expiry() {
    const auto in = open<set_expiry_fields>(Key::optional);
    decoder_.read(in.at<"at">(), out_.at);
    SetExpiry command;
    if (!in.has<"expiry">()) {
      decoder_.fail(ErrorCode::missing_field, 0, "expiry");
    }
    decode_expiry(decoder_, in.at<"expiry">(), command.expiry);
    out_.command = command;
  }

  Decoder& decoder_;
  const Setup& setup_;
  Operation out_;
};

}  // namespace

Result<Operation> decode_operation(const Tape& tape, const Setup& setup) {
  Arena arena;
  TextSet texts;
  Decoder decoder{tape, arena, texts};
  Operation operation;
  const Fields<any_fields> in{decoder, 0, Unknown::ignored};
  Op op{};
  if (in.is_object() && decoder.need_name(in.at<"op">(), op, op_names)) {
    operation = OperationDecoder{decoder, setup}.decode(op);
  }
  if (!decoder.ok()) {
    return decoder.take_error();
  }
  return operation;
}

}  // namespace loyalty::ledger
