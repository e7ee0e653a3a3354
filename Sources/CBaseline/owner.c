// A directory of owners, and a look into it on the bare library.
#include "database.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_digest(char *at, uint64_t seed) {
    for (int part = 0; part < 4; part++) {
        seed = (seed ^ (seed >> 31)) * 0x9E3779B97F4A7C15u + 1;
        snprintf(at + part * 16, 17, "%016llx", (unsigned long long)seed);
    }
}

static void put_customer(char *at, size_t size, int64_t index) {
    snprintf(at, size, "33%010lld", (long long)index * 3);
}

void cbaseline_fill_directory(cbaseline_database *database, int64_t count) {
    sqlite3 *handle = database->handle;
    char customer[24], claim[65], digest[65], previous[65], manager[16], record[1024], signature[129];
    run(database, "BEGIN IMMEDIATE");
    sqlite3_stmt *insert = prepare(
        handle,
        "INSERT INTO directory (customer, claim, manager, outlet, since, number, rule, digest, "
        "record, signature) VALUES (?, ?, ?, ?, ?, ?, 'only-claim', ?, ?, ?)");
    for (int64_t index = 0; index < count; index++) {
        const char *outlet = index % 400 ? "330102" : "330101";
        put_customer(customer, sizeof customer, index);
        snprintf(manager, sizeof manager, "m%06lld", (long long)(index % 1000));
        put_digest(claim, (uint64_t)index);
        put_digest(digest, (uint64_t)index + 7777777);
        put_digest(previous, (uint64_t)index + 999999937);
        memcpy(signature, claim, 64);
        memcpy(signature + 64, digest, 65);
        snprintf(
            record, sizeof record,
            "{\"claim\":\"%s\",\"customer\":\"%s\",\"digest\":\"%s\",\"firstTier\":\"33\","
            "\"manager\":\"%s\",\"number\":%lld,\"outlet\":\"%s\",\"previous\":\"%s\","
            "\"rule\":\"only-claim\",\"rulesVersion\":\"2\",\"since\":\"2025-01-03\"}",
            claim, customer, digest, manager, (long long)index + 1, outlet, previous);
        sqlite3_bind_text(insert, 1, customer, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 2, claim, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 3, manager, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 4, outlet, -1, SQLITE_STATIC);
        sqlite3_bind_int64(insert, 5, 20091);
        sqlite3_bind_int64(insert, 6, index + 1);
        sqlite3_bind_text(insert, 7, digest, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 8, record, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 9, signature, -1, SQLITE_STATIC);
        check(sqlite3_step(insert), SQLITE_DONE, handle, "directory");
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    run(database, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
}

struct cbaseline_look {
    cbaseline_database *database;
    sqlite3_stmt *statement;
    char owner[256];
};

cbaseline_look *cbaseline_make_look(cbaseline_database *database) {
    cbaseline_look *look = calloc(1, sizeof *look);
    // As much as one of the product's readers has.
    run(database, "PRAGMA cache_size = -4000");
    look->database = database;
    look->statement = prepare(
        database->handle,
        "SELECT directory.manager, directory.outlet, since, staff.name, unit.name, "
        "(SELECT contactedAt FROM line) FROM directory "
        "LEFT JOIN staff ON staff.id = directory.manager "
        "LEFT JOIN unit ON unit.code = directory.outlet "
        "WHERE directory.customer = ?1 AND directory.outlet IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM claim WHERE claim.customer = ?1)");
    return look;
}

void cbaseline_free_look(cbaseline_look *look) {
    sqlite3_finalize(look->statement);
    free(look);
}

int cbaseline_look_up(cbaseline_look *look, const char *customer) {
    sqlite3_stmt *statement = look->statement;
    sqlite3_bind_text(statement, 1, customer, -1, SQLITE_STATIC);
    int is_owned = sqlite3_step(statement) == SQLITE_ROW;
    if (is_owned) {
        const char *name = (const char *)sqlite3_column_text(statement, 3);
        const char *outlet = (const char *)sqlite3_column_text(statement, 4);
        snprintf(
            look->owner, sizeof look->owner, "%s %s %lld %s %s %lld",
            sqlite3_column_text(statement, 0), sqlite3_column_text(statement, 1),
            (long long)sqlite3_column_int64(statement, 2), name ? name : "", outlet ? outlet : "",
            (long long)sqlite3_column_int64(statement, 5));
    }
    sqlite3_reset(statement);
    return is_owned;
}
