#!/usr/bin/env python3
"""Prints cases for zone_oracle_test.cpp: zone tables, and what Python's zoneinfo says about them.

    tests/ledger/zones_oracle.py > tests/ledger/zones.txt        the committed zones
    tests/ledger/zones_oracle.py --all 20 > all.txt              every zone, 20 random cases each

Lines, all instants in milliseconds of UTC:
    zone NAME FIRST_OFFSET [RULE]     a table begins; RULE as in the zone file's last line
    t SECONDS OFFSET                  one transition
    l INSTANT DATE MS_OF_DAY          what a clock on the wall shows
    i DATE MS_OF_DAY INSTANT          the instant of a reading (gap: later, overlap: earlier)
    d DATE INSTANT                    start of the day
    x INSTANT MONTHS INSTANT          granted at, valid for, gone at
    w INSTANT MONTHS INSTANT          now, months, start of the rolling window
"""
import bisect
import calendar
import datetime as dt
import random
import struct
import sys
import zoneinfo

COMMITTED = """Europe/Berlin America/New_York Pacific/Apia Asia/Beirut Africa/Cairo America/Sao_Paulo
America/St_Johns Australia/Lord_Howe America/Havana Asia/Kathmandu Africa/Casablanca Europe/Dublin
Africa/Monrovia Pacific/Kwajalein Asia/Tehran America/Nuuk Atlantic/Azores Asia/Gaza""".split()
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
LAST_TABLE_YEAR = 2026  # later transitions are left to the rule, where there is one
END_OF_2037 = 2_145_916_800  # where zone files that repeat their rule stop doing so
DAY = 86_400_000


def read_table(name):
    """Transitions from 1970 on and the trailing rule, from the zone file itself."""
    for root in zoneinfo.TZPATH:
        try:
            data = open(f"{root}/{name}", "rb").read()
            break
        except OSError:
            continue
    counts = struct.unpack(">6l", data[20:44])
    isutc, isstd, leap, times, types, chars = counts
    at = 44 + times * 5 + types * 6 + chars + leap * 8 + isstd + isutc  # skip the 32-bit part
    isutc, isstd, leap, times, types, chars = struct.unpack(">6l", data[at + 20 : at + 44])
    at += 44
    seconds = struct.unpack(f">{times}q", data[at : at + 8 * times])
    index = data[at + 8 * times : at + 9 * times]
    infos = [
        struct.unpack(">lbb", data[at + 9 * times + 6 * i : at + 9 * times + 6 * i + 6])
        for i in range(types)
    ]
    end = at + 9 * times + 6 * types + chars + 12 * leap + isstd + isutc
    rule = data[end:].strip().decode()
    table = [(s, infos[k][0]) for s, k in zip(seconds, index) if s >= 0]
    cut = dt.datetime(LAST_TABLE_YEAR, 1, 1, tzinfo=dt.timezone.utc).timestamp()
    if "," in rule and table[-1][0] < END_OF_2037:  # nothing but the rule after the cut
        table = [(s, o) for s, o in table if s < cut]
    return table, rule


class Zone:
    def __init__(self, name):
        self.info = zoneinfo.ZoneInfo(name)
        self.table, self.rule = read_table(name)
        self.edges = sorted(s * 1000 for s, _ in self.table)

    def local(self, ms):
        return (EPOCH + dt.timedelta(milliseconds=ms)).astimezone(self.info).replace(tzinfo=None)

    def instant(self, naive):
        aware = naive.replace(tzinfo=self.info, fold=0)
        return (aware.astimezone(dt.timezone.utc) - EPOCH) // dt.timedelta(milliseconds=1)

    def start_of_day(self, date):
        middle = int((dt.datetime.combine(date, dt.time()) - dt.datetime(1970, 1, 1)).total_seconds())
        for second in range(middle - 27 * 3600, middle + 27 * 3600, 30):
            if self.local(second * 1000).date() >= date:
                return second * 1000
        raise AssertionError(date)

    def local_day(self, ms):
        date = self.local(ms).date()
        following = date + dt.timedelta(days=1)
        return following if self.start_of_day(following) <= ms else date

    def expiry(self, ms, months):
        return self.start_of_day(add_months(self.local_day(ms), months) + dt.timedelta(days=1))

    def raw_window_start(self, ms, months):
        local = self.local(ms)
        return self.instant(dt.datetime.combine(add_months(local.date(), -months), local.time()))

    def window_start(self, ms, months):
        """The furthest that the start has been until now, sampled at every quarter of an hour."""
        quarter = 15 * 60_000
        samples = [ms] + [q - 1 for q in range((ms - 6 * DAY) // quarter * quarter, ms + 1, quarter)]
        low = bisect.bisect_left(self.edges, ms - 6 * DAY)
        samples += [e - 1 for e in self.edges[low:] if e <= ms]
        if any(o % 900 for _, o in self.table) or any(e % quarter for e in self.edges):
            samples += [m - 1 for m in range((ms - 6 * DAY) // 30_000 * 30_000, ms + 1, 30_000)]
        return max(self.raw_window_start(s, months) for s in samples if s <= ms)


def add_months(date, months):
    index = date.year * 12 + date.month - 1 + months
    year, month = divmod(index, 12)
    day = min(date.day, calendar.monthrange(year, month + 1)[1])
    return dt.date(year, month + 1, day)


def interesting_instants(zone, rng, count):
    """Both sides of transitions, month ends, leap days, and anything at all."""
    instants = []
    for edge in rng.sample(zone.edges, min(len(zone.edges), count)):
        instants += [edge - 1, edge]
    years = [1972, 1999, 2000, 2011, 2023, 2024, 2028, 2040, 2096, 2150]
    for year in rng.sample(years, min(len(years), count)):
        for month, day in ((2, 28), (3, 29), (3, 31), (12, 31)):
            hour, minute = rng.randrange(24), rng.randrange(60)
            instants.append(zone.instant(dt.datetime(year, month, day, hour, minute)))
        instants.append(zone.instant(dt.datetime(year, 3, 1)) - 1)
    instants += [rng.randrange(400 * DAY, 81_000 * DAY) for _ in range(count)]
    return instants


def print_cases(name, count):
    zone = Zone(name)
    rng = random.Random(name)
    local = zone.local(0)
    first = int((local - dt.datetime(1970, 1, 1)).total_seconds())
    print("zone", name, first, zone.rule)
    for second, offset in zone.table:
        print("t", second, offset)
    instants = interesting_instants(zone, rng, count)
    for ms in instants:
        local = zone.local(ms)
        midnight = dt.datetime.combine(local.date(), dt.time())
        print("l", ms, local.date(), (local - midnight) // dt.timedelta(milliseconds=1))
    readings = [zone.local(ms) for ms in instants]
    for edge in rng.sample(zone.edges, min(len(zone.edges), count)):
        for minutes in (-70, -31, 0, 29, 59, 61):  # around and inside gaps and overlaps
            readings.append(zone.local(edge - 1) + dt.timedelta(minutes=minutes, milliseconds=1))
    for reading in rng.sample(readings, min(len(readings), 4 * count)):
        midnight = dt.datetime.combine(reading.date(), dt.time())
        of_day = (reading - midnight) // dt.timedelta(milliseconds=1)
        print("i", reading.date(), of_day, zone.instant(reading))
    for ms in rng.sample(instants, min(len(instants), 2 * count)):
        date = zone.local(ms).date()
        print("d", date, zone.start_of_day(date))
        months = rng.choice([1, 2, 6, 12, 13, 36])
        print("x", ms, months, zone.expiry(ms, months))
    for ms in rng.sample(instants, min(len(instants), count)):
        if ms > 1_200 * DAY:
            months = rng.choice([1, 2, 3, 12, 36])
            print("w", ms, months, zone.window_start(ms, months))


def main():
    if len(sys.argv) > 1 and sys.argv[1] == "--all":
        count = int(sys.argv[2]) if len(sys.argv) > 2 else 10
        names = sorted(n for n in zoneinfo.available_timezones() if "/" in n and "posix" not in n)
    else:
        count, names = 14, COMMITTED
    for name in names:
        print_cases(name, count)


main()
