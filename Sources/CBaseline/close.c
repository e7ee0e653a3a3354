// A daily close on the bare library: a grouping of all balances, and the job itself.
#include "database.h"
#include "dates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Half-fen of a yuan, and the lines of the rules in it.
#define YUAN 200
#define POTENTIAL (10000LL * YUAN)
#define TARGET (100000LL * YUAN)
#define PLATINUM (500000LL * YUAN)
#define DIAMOND (1000000LL * YUAN)
#define EXIT_MONTHS 6
#define NONE INT64_MIN

#define COLUMNS \
    "customer, date, pool, poolSince, origin, tier, tierSince, belowSince, accounts, balance, " \
    "financialAssets, largestAccount, accumulated, lastAtMinimum, demandAccountOpened, " \
    "activeCard"

// Of most accounts no fact says anything about closing.
#define IS_OPEN(account, day) \
    "CASE WHEN EXISTS (SELECT 1 FROM accountFact INDEXED BY accountFactClosed WHERE account = " account \
    " AND closedOn IS NOT NULL) THEN (SELECT closedOn IS NULL OR closedOn > " day \
    " FROM accountFact WHERE account = " account " AND date <= " day \
    " ORDER BY date DESC LIMIT 1) ELSE 1 END "

void cbaseline_make_balances(cbaseline_database *database, const char *node) {
    char attach[4096];
    snprintf(attach, sizeof attach, "ATTACH '%s' AS node", node);
    run(database, attach);
    run(
        database,
        "CREATE TABLE balance (account INTEGER NOT NULL PRIMARY KEY, customer INTEGER NOT NULL, "
        "amount INTEGER NOT NULL) STRICT;"
        "INSERT INTO balance SELECT account, customer, amount FROM node.balance AS last "
        "JOIN node.account ON account.id = last.account "
        "WHERE date = (SELECT max(date) FROM node.balance WHERE account = last.account) "
        "ORDER BY account;"
        "DETACH node; PRAGMA wal_checkpoint(TRUNCATE)");
}

int64_t cbaseline_group_balances(cbaseline_database *database) {
    sqlite3_stmt *groups = prepare(
        database->handle, "SELECT customer, sum(amount), max(amount) FROM balance GROUP BY customer");
    int64_t count = 0;
    int64_t sum = 0;
    while (sqlite3_step(groups) == SQLITE_ROW) {
        sum += sqlite3_column_int64(groups, 1) + sqlite3_column_int64(groups, 2);
        count++;
    }
    sqlite3_finalize(groups);
    return sum == 0 ? 0 : count;
}

static int64_t min(int64_t a, int64_t b) { return a < b ? a : b; }
static int64_t max(int64_t a, int64_t b) { return a > b ? a : b; }

typedef struct {
    int64_t customer, balance, financial, reduced, now;
} change;

static int by_customer(const void *left, const void *right) {
    int64_t a = ((const change *)left)->customer, b = ((const change *)right)->customer;
    return a < b ? -1 : a > b;
}

typedef enum { retained, potential, target } pool;
static const char *const pools[] = {"retained", "potential", "target"};
static const char *const tiers[] = {NULL, "gold", "platinum", "diamond"};

typedef struct {
    int64_t date, pool_since, tier_since, below_since, accounts, balance, financial, largest,
        accumulated, last_at_minimum, demand_opened, card, review;
    pool pool;
    int tier;
} standing;

static int64_t optional(sqlite3_stmt *row, int column) {
    return sqlite3_column_type(row, column) == SQLITE_NULL ? NONE : sqlite3_column_int64(row, column);
}

static void bind_optional(sqlite3_stmt *row, int position, int64_t value) {
    if (value == NONE) {
        sqlite3_bind_null(row, position);
    } else {
        sqlite3_bind_int64(row, position, value);
    }
}

static int weight_of(const char *category) {
    return category[0] == 'o' ? 0 : category[0] == 'l' ? 1 : 2;
}

static standing standing_of(sqlite3_stmt *row) {
    standing read;
    const char *text = (const char *)sqlite3_column_text(row, 1);
    read.date = sqlite3_column_int64(row, 0);
    read.pool = text[0] == 'r' ? retained : text[0] == 'p' ? potential : target;
    read.pool_since = sqlite3_column_int64(row, 2);
    text = (const char *)sqlite3_column_text(row, 3);
    read.tier = !text ? 0 : text[0] == 'g' ? 1 : text[0] == 'p' ? 2 : 3;
    read.tier_since = optional(row, 4);
    read.below_since = optional(row, 5);
    read.accounts = sqlite3_column_int64(row, 6);
    read.balance = sqlite3_column_int64(row, 7);
    read.financial = sqlite3_column_int64(row, 8);
    read.largest = sqlite3_column_int64(row, 9);
    read.accumulated = sqlite3_column_int64(row, 10);
    read.last_at_minimum = optional(row, 11);
    read.demand_opened = optional(row, 12);
    read.card = sqlite3_column_int64(row, 13);
    read.review = optional(row, 14);
    return read;
}

// R1 to R5, and when to look again.
static standing decide(
    standing before, int64_t balance, int64_t financial, int64_t largest, const calendar *on) {
    standing now = before;
    int64_t days = on->of_year;
    int is_at_minimum = largest * 2 >= POTENTIAL;
    if (before.largest * 2 >= POTENTIAL) now.last_at_minimum = max(on->day - 1, before.date);
    if (is_at_minimum) now.last_at_minimum = on->day;
    int64_t sum = 0;
    if (on->day != on->first_of_year) {
        sum = before.date >= on->first_of_year
            ? before.accumulated + before.financial * (on->day - 1 - before.date)
            : before.financial * (days - 1);
    }
    now.date = on->day;
    now.balance = balance;
    now.financial = financial;
    now.largest = largest;
    now.accumulated = sum + financial;
    int is_below = financial < TARGET && now.accumulated < TARGET * days;
    int keeps_potential = now.accumulated >= POTENTIAL * days;
    if (now.pool == retained && is_at_minimum) {
        now.pool = potential;
        now.pool_since = on->day;
    }
    if (now.pool == potential && !is_below) {
        now.pool = target;
        now.pool_since = on->day;
    }
    if (now.pool == target) {
        if (!is_below) now.below_since = NONE;
        else if (now.below_since == NONE) now.below_since = on->day;
        if (now.below_since != NONE && on->day >= adding_months(now.below_since, EXIT_MONTHS)) {
            now.pool = is_at_minimum || keeps_potential ? potential : retained;
            now.pool_since = on->day;
            now.below_since = NONE;
            now.tier = 0;
            now.tier_since = NONE;
        }
    }
    if (now.pool == potential && !keeps_potential && on->is_month_end
        && (now.last_at_minimum == NONE || now.last_at_minimum < on->first_of_month)) {
        now.pool = retained;
        now.pool_since = on->day;
    }
    if (on->is_month_end && now.pool == target) {
        int reached = now.accumulated >= DIAMOND * days ? 3
            : now.accumulated >= PLATINUM * days ? 2 : now.accumulated >= TARGET * days;
        if (reached != now.tier) {
            now.tier = reached;
            now.tier_since = reached ? on->day + 1 : NONE;
        }
    }
    now.review = NONE;
    if (now.pool == potential && !is_at_minimum) now.review = on->next_month_end;
    if (now.pool == target) {
        now.review = on->next_month_end;
        if (now.below_since != NONE) {
            int64_t leaves = adding_months(now.below_since, EXIT_MONTHS);
            if (leaves > on->day) now.review = min(now.review, leaves);
        }
        int64_t shortfall = TARGET - financial, surplus = now.accumulated - TARGET * days;
        if (shortfall > 0 && surplus >= 0) {
            int64_t falls = on->day + min(surplus / shortfall + 1, 366);
            now.review = min(now.review, min(falls, on->new_year));
        }
    }
    return now;
}

static int still_says(const standing *before, const standing *now) {
    return before->pool == now->pool && before->pool_since == now->pool_since
        && before->tier == now->tier && before->tier_since == now->tier_since
        && before->below_since == now->below_since && before->financial == now->financial
        && before->largest == now->largest && before->balance == now->balance
        && (now->last_at_minimum == now->date || now->last_at_minimum == before->last_at_minimum);
}

// All changes and dues of the date, one a customer, in their order.
static change *changes_on(sqlite3 *handle, int64_t day, size_t *count) {
    size_t room = 1024;
    change *list = malloc(room * sizeof *list);
    size_t used = 0;
    sqlite3_stmt *moved = prepare(
        handle,
        "SELECT customer, category, currency, changed.amount, "
        "(SELECT amount FROM balance WHERE account = changed.account AND date < ?1 "
        "ORDER BY date DESC LIMIT 1), "
        IS_OPEN("changed.account", "?1")
        "FROM balance AS changed INDEXED BY balanceByDate "
        "CROSS JOIN account INDEXED BY accountHead ON account.id = changed.account "
        "WHERE changed.date = ?1");
    sqlite3_stmt *due = prepare(handle, "SELECT customer FROM latestStanding WHERE reviewOn <= ?1");
    sqlite3_bind_int64(moved, 1, day);
    sqlite3_bind_int64(due, 1, day);
    while (sqlite3_step(moved) == SQLITE_ROW) {
        if (used == room) list = realloc(list, (room *= 2) * sizeof *list);
        change *each = list + used++;
        memset(each, 0, sizeof *each);
        each->customer = sqlite3_column_int64(moved, 0);
        if (!sqlite3_column_int64(moved, 5)) continue;
        int64_t before = sqlite3_column_int64(moved, 4), now = sqlite3_column_int64(moved, 3);
        each->balance = now - before;
        if (strcmp((const char *)sqlite3_column_text(moved, 2), "CNY") != 0) continue;
        int weight = weight_of((const char *)sqlite3_column_text(moved, 1));
        before = max(before, 0);
        now = max(now, 0);
        each->financial = (now - before) * weight;
        if (!weight) continue;
        if (now < before) each->reduced = before;
        each->now = now;
    }
    while (sqlite3_step(due) == SQLITE_ROW) {
        if (used == room) list = realloc(list, (room *= 2) * sizeof *list);
        change *each = list + used++;
        memset(each, 0, sizeof *each);
        each->customer = sqlite3_column_int64(due, 0);
    }
    sqlite3_finalize(moved);
    sqlite3_finalize(due);
    qsort(list, used, sizeof *list, by_customer);
    size_t kept = 0;
    for (size_t index = 0; index < used; index++) {
        change *last = kept ? list + kept - 1 : NULL;
        if (!last || last->customer != list[index].customer) {
            list[kept++] = list[index];
            continue;
        }
        last->balance += list[index].balance;
        last->financial += list[index].financial;
        last->reduced = max(last->reduced, list[index].reduced);
        last->now = max(last->now, list[index].now);
    }
    *count = kept;
    return list;
}

typedef struct {
    int64_t account, amount;
} held;

static int largest_first(const void *left, const void *right) {
    int64_t a = ((const held *)left)->amount, b = ((const held *)right)->amount;
    return a < b ? 1 : a > b ? -1 : 0;
}

// The largest account that can make its customer potential.
static int64_t largest_of(sqlite3_stmt *amounts, sqlite3_stmt *is_open, int64_t customer) {
    static held list[4096];
    int count = 0;
    int64_t largest = 0;
    sqlite3_bind_int64(amounts, 1, customer);
    while (count < 4096 && sqlite3_step(amounts) == SQLITE_ROW) {
        int64_t amount = sqlite3_column_int64(amounts, 3);
        if (amount > 0 && strcmp((const char *)sqlite3_column_text(amounts, 2), "CNY") == 0
            && weight_of((const char *)sqlite3_column_text(amounts, 1)))
            list[count++] = (held){sqlite3_column_int64(amounts, 0), amount};
    }
    sqlite3_reset(amounts);
    qsort(list, (size_t)count, sizeof *list, largest_first);
    for (int index = 0; index < count && !largest; index++) {
        sqlite3_bind_int64(is_open, 1, list[index].account);
        if (sqlite3_step(is_open) == SQLITE_ROW && sqlite3_column_int64(is_open, 0) == 1)
            largest = list[index].amount;
        sqlite3_reset(is_open);
    }
    return largest;
}

int64_t cbaseline_close_day(cbaseline_database *database, int64_t day) {
    sqlite3 *handle = database->handle;
    calendar on = calendar_of(day);
    run(database, "BEGIN IMMEDIATE; UPDATE changeCounter SET value = value + 1");
    int64_t sequence = number(database, "SELECT value FROM changeCounter");
    int64_t accounts = number(
        database, "SELECT accounts FROM dayClose ORDER BY date DESC LIMIT 1");
    int64_t sum = number(database, "SELECT balanceSum FROM dayClose ORDER BY date DESC LIMIT 1");
    int64_t in[3] = {0}, out[3] = {0};
    size_t count;
    change *changes = changes_on(handle, day, &count);
    sqlite3_stmt *latest = prepare(
        handle,
        "SELECT date, standing.pool, poolSince, tier, tierSince, belowSince, accounts, balance, "
        "financialAssets, largestAccount, accumulated, lastAtMinimum, demandAccountOpened, "
        "activeCard, reviewOn FROM latestStanding AS latest "
        "CROSS JOIN standing ON standing.customer = latest.customer "
        "WHERE latest.customer = ? ORDER BY standing.date DESC LIMIT 1");
    sqlite3_stmt *amounts = prepare(
        handle,
        "SELECT id, category, currency, coalesce((SELECT amount FROM balance WHERE account = account.id "
        "AND date <= ?2 ORDER BY date DESC LIMIT 1), 0) "
        "FROM account INDEXED BY accountByCustomer WHERE customer = ?1");
    sqlite3_stmt *is_open = prepare(handle, "SELECT " IS_OPEN("?1", "?2"));
    sqlite3_stmt *review =
        prepare(handle, "UPDATE latestStanding SET reviewOn = ?2 WHERE customer = ?1");
    sqlite3_stmt *move = prepare(
        handle, "UPDATE latestStanding SET pool = ?2, origin = ?3, reviewOn = ?4 WHERE customer = ?1");
    sqlite3_stmt *insert = prepare(
        handle,
        "INSERT INTO standing (" COLUMNS ", sequence) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    sqlite3_bind_int64(insert, 17, sequence);
    sqlite3_bind_int64(amounts, 2, day);
    sqlite3_bind_int64(is_open, 2, day);
    for (size_t index = 0; index < count; index++) {
        const change *each = changes + index;
        sqlite3_bind_int64(latest, 1, each->customer);
        check(sqlite3_step(latest), SQLITE_ROW, handle, "a customer without a standing");
        standing before = standing_of(latest);
        sqlite3_reset(latest);
        int64_t balance = before.balance + each->balance;
        int64_t financial = before.financial + each->financial;
        int64_t largest = each->reduced >= before.largest && each->now < before.largest
            ? largest_of(amounts, is_open, each->customer)
            : max(before.largest, each->now);
        standing now = decide(before, balance, financial, largest, &on);
        sum += balance - before.balance;
        if (now.pool != before.pool) {
            // By way of potential.
            if (before.pool == retained && now.pool == target) out[potential]++, in[potential]++;
            out[before.pool]++;
            in[now.pool]++;
        }
        if (still_says(&before, &now)) {
            if (now.review == before.review) continue;
            sqlite3_bind_int64(review, 1, each->customer);
            bind_optional(review, 2, now.review);
            check(sqlite3_step(review), SQLITE_DONE, handle, "review");
            sqlite3_reset(review);
            continue;
        }
        sqlite3_bind_int64(insert, 1, each->customer);
        sqlite3_bind_int64(insert, 2, now.date);
        sqlite3_bind_text(insert, 3, pools[now.pool], -1, SQLITE_STATIC);
        sqlite3_bind_int64(insert, 4, now.pool_since);
        sqlite3_bind_text(insert, 5, now.pool == target ? "rule" : NULL, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 6, tiers[now.tier], -1, SQLITE_STATIC);
        bind_optional(insert, 7, now.tier_since);
        bind_optional(insert, 8, now.below_since);
        sqlite3_bind_int64(insert, 9, now.accounts);
        sqlite3_bind_int64(insert, 10, now.balance);
        sqlite3_bind_int64(insert, 11, now.financial);
        sqlite3_bind_int64(insert, 12, now.largest);
        sqlite3_bind_int64(insert, 13, now.accumulated);
        bind_optional(insert, 14, now.last_at_minimum);
        bind_optional(insert, 15, now.demand_opened);
        sqlite3_bind_int64(insert, 16, now.card);
        check(sqlite3_step(insert), SQLITE_DONE, handle, "standing");
        sqlite3_reset(insert);
        if (now.pool == before.pool && now.review == before.review) continue;
        sqlite3_bind_int64(move, 1, each->customer);
        sqlite3_bind_text(move, 2, pools[now.pool], -1, SQLITE_STATIC);
        sqlite3_bind_text(move, 3, now.pool == target ? "rule" : NULL, -1, SQLITE_STATIC);
        bind_optional(move, 4, now.review);
        check(sqlite3_step(move), SQLITE_DONE, handle, "what standings are searched by");
        sqlite3_reset(move);
    }
    sqlite3_stmt *all[] = {latest, amounts, is_open, review, move, insert};
    for (size_t index = 0; index < sizeof all / sizeof *all; index++) sqlite3_finalize(all[index]);
    char end[2048];
    snprintf(
        end, sizeof end,
        "INSERT INTO dayClose (date, estimated, accounts, balanceSum, potentialIn, potentialOut, "
        "targetIn, targetOut) VALUES (%lld, 0, %lld, %lld, %lld, %lld, %lld, %lld);"
        "INSERT INTO changeMark (sequence, first, at, isUrgent) "
        "SELECT value, %lld, 1743465600000, 0 FROM changeCounter; COMMIT",
        (long long)day, (long long)accounts, (long long)sum, (long long)in[potential],
        (long long)out[potential], (long long)in[target], (long long)out[target],
        (long long)sequence);
    run(database, end);
    free(changes);
    return (int64_t)count;
}

uint64_t cbaseline_fingerprint_standings(cbaseline_database *database) {
    return fingerprint(
        database,
        "SELECT customer, date, pool, poolSince, origin, tier, tierSince, belowSince, accounts, "
        "balance, financialAssets, largestAccount, accumulated, lastAtMinimum, "
        "demandAccountOpened, activeCard FROM standing "
        "UNION ALL SELECT date, estimated, accounts, balanceSum, potentialIn, potentialOut, "
        "targetIn, targetOut, 0, 0, 0, 0, 0, 0, 0, 0 FROM dayClose "
        "UNION ALL SELECT customer, reviewOn, pool, origin, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 "
        "FROM latestStanding ORDER BY 1, 2");
}
