"""Rules R1 to R6 with their default parameters, computed plainly, to hold the product against.

Every customer is closed on every calendar day from everything that they hold, with nothing carried
forward but what the rules need. Amounts are integers in fen or, where the name says so, half-fen.
The known cases are in `berka-model --self-test`.
"""

import calendar
import datetime

ONE_DAY = datetime.timedelta(days=1)

POTENTIAL_MINIMUM = 10_000_00
TARGET_MINIMUM = 100_000_00
TARGET_EXIT_MONTHS = 6
TIER_FLOORS = [("diamond", 1_000_000_00), ("platinum", 500_000_00), ("gold", 100_000_00)]
# Half-fen of financial assets for a fen of balance.
WEIGHTS = {"deposit": 2, "loan": 1, "fund": 2, "bond": 2, "wealth": 2, "other": 0}


class Standing:
    """Where one customer stands after the closes so far."""

    def __init__(self, first_day):
        self.pool = "retained"
        self.pool_since = first_day
        self.origin = None
        self.tier = None
        self.tier_since = None
        self.below_since = None
        self.assets = 0
        self.accumulated = 0
        self.days = 0
        self.days_at_minimum = []

    def average_reaches(self, minimum):
        return self.accumulated >= 2 * minimum * self.days

    def enter(self, pool, day):
        self.pool = pool
        self.pool_since = day

    def described(self):
        """The fields that say where the customer stands, as the programs print them."""
        return {
            "pool": self.pool,
            "pool_since": self.pool_since.isoformat(),
            "origin": self.origin,
            "tier": self.tier,
            "tier_since": self.tier_since and self.tier_since.isoformat(),
            "below_since": self.below_since and self.below_since.isoformat(),
        }


def close(standing, day, accounts, is_added=False):
    """One customer's close of one day.

    `accounts` are the category and the balance in fen of each of the customer's accounts;
    `is_added`: somebody adds them as a target by hand that day.
    """
    measure(standing, day, accounts)
    enter_potential(standing, day, accounts)
    enter_target(standing, day, is_added)
    leave_target(standing, day, accounts)
    if is_end_of_month(day):
        leave_potential(standing, day)
        grade(standing, day)


def measure(standing, day, accounts):
    standing.assets = 0
    for category, balance in accounts:
        # An overdrawn deposit counts as 0.
        if balance > 0:
            standing.assets += WEIGHTS[category] * balance
    if day.month == 1 and day.day == 1:
        standing.accumulated = 0
    standing.accumulated += standing.assets
    standing.days = (day - datetime.date(day.year, 1, 1)).days + 1
    if some_account_at_minimum(accounts):
        standing.days_at_minimum.append(day)


def enter_potential(standing, day, accounts):
    """R1: one account at the line is enough; small accounts are not added together."""
    if standing.pool == "retained" and some_account_at_minimum(accounts):
        standing.enter("potential", day)


def enter_target(standing, day, is_added):
    """R3: from potential only, on the assets or on their average. R6: by hand from any pool."""
    if standing.pool == "target":
        return
    qualifies = standing.pool == "potential" and not is_below_target(standing)
    if qualifies and is_added:
        standing.origin = "both"
    elif qualifies:
        standing.origin = "rule"
    elif is_added:
        standing.origin = "manual"
    else:
        return
    standing.enter("target", day)


def leave_target(standing, day, accounts):
    """R4: after six months without a day on which assets or average reached the line."""
    if standing.pool != "target":
        return
    if not is_below_target(standing):
        standing.below_since = None
        return
    if standing.below_since is None:
        standing.below_since = day
    if day < add_months(standing.below_since, TARGET_EXIT_MONTHS):
        return
    if some_account_at_minimum(accounts) or standing.average_reaches(POTENTIAL_MINIMUM):
        standing.enter("potential", day)
    else:
        standing.enter("retained", day)
    standing.origin = None
    standing.below_since = None
    standing.tier = None
    standing.tier_since = None


def leave_potential(standing, day):
    """R2: after a whole month without an account at the line, if the average is below it too."""
    if standing.pool != "potential":
        return
    for earlier in standing.days_at_minimum:
        if earlier.year == day.year and earlier.month == day.month:
            return
    if not standing.average_reaches(POTENTIAL_MINIMUM):
        standing.enter("retained", day)


def grade(standing, day):
    """R5: the highest tier whose floor the average reaches, in force from the next day."""
    if standing.pool != "target":
        return
    tier = None
    for name, floor in TIER_FLOORS:
        if standing.average_reaches(floor):
            tier = name
            break
    if tier is None:
        standing.tier_since = None
    elif tier != standing.tier:
        standing.tier_since = day + ONE_DAY
    standing.tier = tier


def some_account_at_minimum(accounts):
    """Whether a deposit, loan or investment is at the line, a loan with its full balance."""
    return any(balance >= POTENTIAL_MINIMUM and category != "other"
               for category, balance in accounts)


def is_below_target(standing):
    return (standing.assets < 2 * TARGET_MINIMUM
            and not standing.average_reaches(TARGET_MINIMUM))


def is_end_of_month(day):
    return day.day == calendar.monthrange(day.year, day.month)[1]


def add_months(day, months):
    """The same day of a later month, or that month's last where it is shorter."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
