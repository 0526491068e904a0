#!/usr/bin/env python3
"""Writes past carts of the coffee shop, one JSON request a line, for `loyalty replay` and `--jsonl`.

usage: make_carts.py [how many] [seed]      the shipped carts.jsonl is make_carts.py 300 2025
"""

import json
import random
import sys

COFFEE, EQUIPMENT = ["stores/collection:coffee"], ["stores/collection:equipment"]
# id, price in cents, tags, tax in parts per million, how often it is bought
PRODUCTS = [
    ("House espresso, 1 kg", 2490, COFFEE, 70000, 8),
    ("House espresso, 250 g", 790, COFFEE, 70000, 9),
    ("Café de Olla, 250 g", 980, COFFEE, 70000, 5),
    ("Yirgacheffe filter, 250 g", 1250, COFFEE, 70000, 6),
    ("Decaf, 250 g", 890, COFFEE, 70000, 2),
    ("Filter papers, 100", 450, EQUIPMENT, 190000, 4),
    ("Ceramic dripper", 1850, EQUIPMENT, 190000, 2),
    ("Hand grinder", 7900, EQUIPMENT, 190000, 1),
]


def lines(rng):
    chosen = []
    for _ in range(rng.choice([1, 1, 2, 2, 3, 4])):
        name, price, tags, tax, _ = rng.choices(PRODUCTS, [p[4] for p in PRODUCTS])[0]
        if name not in [line["id"] for line in chosen]:
            chosen.append({"id": name, "unitPrice": price, "quantity": rng.choice([1, 1, 1, 2, 2, 3, 6]),
                           "taxRatePpm": tax, "tags": tags})
    return chosen


def account(rng, number):
    tier_points = rng.choice([0, 40, 180, 420, 510, 760, 990, 1030, 1800])
    member = {"id": f"m-{number % 97:02}", "revision": rng.randint(1, 40), "available": rng.randint(0, 1500),
              "held": 0, "pending": 0, "tierPoints": tier_points}
    if tier_points >= 500:
        member["tierId"] = "gold" if tier_points >= 1000 else "silver"
    return member


def chosen(rng, member):
    choices = []
    if rng.random() < 0.12:
        choices.append({"code": {"text": "welcome10"}})
    if member and member["available"] >= 100 and rng.random() < 0.5:
        choices.append({"reward": {"id": "points-as-money"}})
    return choices


def request(rng, number):
    member = account(rng, number) if rng.random() < 0.8 else None
    day, minute = rng.randint(1, 30), rng.randint(0, 1439)
    return {
        "now": f"2025-11-{day:02}T{minute // 60:02}:{minute % 60:02}:00Z",
        "account": member,
        "cart": {"id": f"order-{number:04}", "currency": "EUR", "pricesIncludeTax": True, "lines": lines(rng),
                 "shipping": [{"id": "parcel", "price": 490, "taxRatePpm": 190000}]},
        "intent": {"chosen": chosen(rng, member)},
    }


def main():
    count, seed = [int(text) for text in sys.argv[1:3] + ["300", "2025"][len(sys.argv) - 1:]]
    rng = random.Random(seed)
    for number in range(1, count + 1):
        print(json.dumps(request(rng, number), ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main()
