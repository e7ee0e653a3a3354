"""Core-banking extracts as files: corrected ones, and what the plain rules make of them all."""

import collections
import csv
import datetime
import decimal
import hashlib
import io
import json

import rules

CUSTOMERS, ACCOUNTS, BALANCES = "customers.csv", "accounts.csv", "balances.csv"


def amend(extract, changes, *, into=None, sequence=None):
    """Writes an extract anew, in its place or `into` another directory, with more rows.

    `changes`: file name → rows as dictionaries; one takes the place of the row with the same
    first column.
    """
    manifest = json.loads((extract / "manifest.json").read_text(encoding="utf-8"))
    manifest["sequence"] = sequence or manifest["sequence"]
    target = into or extract
    target.mkdir(parents=True, exist_ok=True)
    for described in manifest["files"]:
        name = described["name"]
        content = (extract / name).read_bytes()
        if name in changes:
            columns, lines = table(extract / name)
            key = columns[0]
            lines = list({line[key]: line for line in [*lines, *changes[name]]}.values())
            text = io.StringIO()
            writer = csv.DictWriter(text, columns, restval="")
            writer.writeheader()
            writer.writerows(lines)
            content = text.getvalue().encode()
            described["rows"] = len(lines)
            if name == BALANCES:
                total = sum((decimal.Decimal(line["balance"]) for line in lines),
                            decimal.Decimal())
                described["sum"] = f"{total:.2f}"
        described["sha256"] = hashlib.sha256(content).hexdigest()
        (target / name).write_bytes(content)
    (target / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return reader.fieldnames, list(reader)


class Account:
    def __init__(self, row, outlet):
        self.number = row["account_no"]
        self.customer = row["customer_no"]
        self.category = row["category"]
        self.subcategory = row["subcategory"]
        self.outlet = outlet
        self.closed_on = row["closed_on"] and datetime.date.fromisoformat(row["closed_on"])
        self.balance = 0

    def is_open(self, day):
        return not self.closed_on or day < self.closed_on

    def counted(self, day):
        return self.category, self.balance if self.is_open(day) else 0


class Branch:
    """A first-tier branch by its outlets' extracts: the plain rules on every customer, every day."""

    def __init__(self, feeds):
        """`feeds`: outlet → the directories of its extracts, in the order in which it took them."""
        self.extracts = collections.defaultdict(dict)
        for outlet, directories in feeds.items():
            for directory in directories:
                manifest = json.loads((directory / "manifest.json").read_text(encoding="utf-8"))
                # What comes later of the same date takes its place.
                self.extracts[manifest["business_date"]][outlet] = directory

    def close(self, through, additions=None):
        """Closes every date from the first extract's through `through`.

        `additions`: (customer, date) → outlet, for targets by hand.
        """
        self.accounts = {}
        self.standings = {}
        self.through = datetime.date.fromisoformat(through)
        accounts_of = collections.defaultdict(list)
        day = datetime.date.fromisoformat(min(self.extracts))
        while day <= self.through:
            for outlet, directory in sorted(self.extracts.get(day.isoformat(), {}).items()):
                for account in self.take(outlet, directory):
                    accounts_of[account.customer].append(account)
            for customer, accounts in accounts_of.items():
                if customer not in self.standings:
                    self.standings[customer] = rules.Standing(day)
                outlet = (additions or {}).get((customer, day.isoformat()))
                is_added = outlet is not None and any(
                    account.subcategory == "demand" and account.outlet == outlet
                    and account.is_open(day) for account in accounts)
                rules.close(self.standings[customer], day,
                            [account.counted(day) for account in accounts], is_added)
            day += rules.ONE_DAY
        return self

    def take(self, outlet, directory):
        """Takes one extract in; the accounts that it is the first to tell of."""
        new = []
        for row in table(directory / ACCOUNTS)[1]:
            known = self.accounts.get(row["account_no"])
            account = Account(row, outlet)
            if known:
                known.closed_on = account.closed_on
            else:
                self.accounts[account.number] = account
                new.append(account)
        for row in table(directory / BALANCES)[1]:
            self.accounts[row["account_no"]].balance = int(decimal.Decimal(row["balance"]) * 100)
        return new

    def outlets_of(self):
        """Customer → the outlets where they have an open account after the last close."""
        serving = collections.defaultdict(set)
        for account in self.accounts.values():
            if account.is_open(self.through):
                serving[account.customer].add(account.outlet)
        return serving
