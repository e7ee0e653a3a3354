#include "database.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void check(int code, int wanted, sqlite3 *handle, const char *what) {
    if (code == wanted) return;
    fprintf(stderr, "bench: %s: %s\n", what, handle ? sqlite3_errmsg(handle) : "failed");
    exit(1);
}

sqlite3_stmt *prepare(sqlite3 *handle, const char *sql) {
    sqlite3_stmt *statement;
    check(sqlite3_prepare_v2(handle, sql, -1, &statement, NULL), SQLITE_OK, handle, sql);
    return statement;
}

cbaseline_database *cbaseline_open(const char *path) {
    cbaseline_database *database = malloc(sizeof *database);
    check(sqlite3_open(path, &database->handle), SQLITE_OK, database->handle, path);
    run(
        database,
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
        "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -12000;"
        "PRAGMA journal_size_limit = 67108864;");
    return database;
}

void cbaseline_close(cbaseline_database *database) {
    check(sqlite3_close(database->handle), SQLITE_OK, database->handle, "close");
    free(database);
}

void run(cbaseline_database *database, const char *sql) {
    check(
        sqlite3_exec(database->handle, sql, NULL, NULL, NULL), SQLITE_OK, database->handle, sql);
}

int64_t number(cbaseline_database *database, const char *sql) {
    sqlite3_stmt *statement = prepare(database->handle, sql);
    check(sqlite3_step(statement), SQLITE_ROW, database->handle, sql);
    int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return number;
}

int64_t cbaseline_count_received(cbaseline_database *database) {
    return number(database, "SELECT count(*) FROM contact");
}

void cbaseline_forget_checkpoints(cbaseline_database *database) {
    run(database, "DELETE FROM laneCheckpoint");
}

int64_t cbaseline_received_batch(cbaseline_database *database, const char *outlet) {
    sqlite3_stmt *statement = prepare(
        database->handle,
        "SELECT coalesce(max(batch), 0) FROM laneCheckpoint WHERE outlet = ? AND lane = 'records'");
    sqlite3_bind_text(statement, 1, outlet, -1, SQLITE_STATIC);
    check(sqlite3_step(statement), SQLITE_ROW, database->handle, "checkpoint");
    int64_t batch = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return batch;
}

void cbaseline_untrack(cbaseline_database *database) {
    run(database, "DROP INDEX IF EXISTS contactBySequence");
}

uint64_t fingerprint(cbaseline_database *database, const char *sql) {
    sqlite3_stmt *statement = prepare(database->handle, sql);
    uint64_t print = 0xCBF29CE484222325u;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int column = 0; column < sqlite3_column_count(statement); column++) {
            const uint8_t *bytes = sqlite3_column_blob(statement, column);
            int size = sqlite3_column_bytes(statement, column);
            for (int at = 0; at < size; at++) print = (print ^ bytes[at]) * 0x100000001B3u;
            print = (print ^ 0x1FF) * 0x100000001B3u;
        }
    }
    sqlite3_finalize(statement);
    return print;
}

uint64_t cbaseline_fingerprint_received(cbaseline_database *database) {
    return fingerprint(database, "SELECT note, version FROM contact ORDER BY outlet, id");
}

void cbaseline_copy_table(cbaseline_database *database, const char *from, const char *table) {
    sqlite3 *other;
    check(
        sqlite3_open_v2(from, &other, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK, other, from);
    sqlite3_stmt *schema = prepare(
        other,
        "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type <> 'trigger' AND sql NOT NULL "
        "ORDER BY type DESC");
    sqlite3_bind_text(schema, 1, table, -1, SQLITE_TRANSIENT);
    while (sqlite3_step(schema) == SQLITE_ROW) {
        run(database, (const char *)sqlite3_column_text(schema, 0));
    }
    sqlite3_finalize(schema);
    sqlite3_close(other);
}

static uint8_t *put_prefixed(uint8_t *at, const char *text) {
    // Four bytes of length, big end first, as the product's associated data has them.
    uint32_t size = (uint32_t)strlen(text);
    for (int shift = 24; shift >= 0; shift -= 8) *at++ = (uint8_t)(size >> shift);
    memcpy(at, text, size);
    return at + size;
}

int seal_note(uint8_t *room, cbaseline_text note, const char *row, const uint8_t *key) {
    uint8_t place[160];
    place[0] = 1;
    uint8_t *end = put_prefixed(put_prefixed(put_prefixed(place + 1, "contact"), row), "note");
    room[0] = 1;
    randombytes_buf(room + 1, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
    unsigned long long size;
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        room + 25, &size, (const uint8_t *)note.text, (unsigned long long)note.size, place,
        (unsigned long long)(end - place), NULL, room + 1, key);
    return 25 + (int)size;
}

void bind_contact(
    sqlite3_stmt *statement, int position, const cbaseline_contact *contact, const uint8_t *note,
    int note_size) {
    sqlite3_bind_text(statement, position, contact->id, 32, SQLITE_STATIC);
    sqlite3_bind_text(statement, position + 1, contact->customer, 14, SQLITE_STATIC);
    sqlite3_bind_text(statement, position + 2, contact->staff, 7, SQLITE_STATIC);
    sqlite3_bind_text(statement, position + 3, contact->way, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, position + 4, contact->date);
    sqlite3_bind_blob(statement, position + 5, note, note_size, SQLITE_STATIC);
    if (contact->follow_up_on) {
        sqlite3_bind_int64(statement, position + 6, contact->follow_up_on);
    } else {
        sqlite3_bind_null(statement, position + 6);
    }
    sqlite3_bind_int64(statement, position + 7, contact->at);
}
