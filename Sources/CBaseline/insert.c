#include "database.h"

#include <stdio.h>
#include <stdlib.h>

static uint8_t *room_for_notes(void) { return malloc(8192); }

void cbaseline_insert_received(
    cbaseline_database *database, const cbaseline_contacts *contacts, const char *outlet,
    const uint8_t *key) {
    sqlite3 *handle = database->handle;
    uint8_t *room = room_for_notes();
    char row[64];
    run(database, "BEGIN IMMEDIATE");
    sqlite3_stmt *insert = prepare(
        handle,
        "INSERT INTO contact (outlet, version, id, customer, staff, way, date, note, followUpOn, "
        "at, amends) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)");
    sqlite3_bind_text(insert, 1, outlet, -1, SQLITE_STATIC);
    for (int64_t index = 0; index < contacts->count; index++) {
        const cbaseline_contact *contact = contacts->rows + index;
        snprintf(row, sizeof row, "%s/%s", outlet, contact->id);
        int size = seal_note(room, contact->note, row, key);
        sqlite3_bind_int64(insert, 2, index + 1);
        bind_contact(insert, 3, contact, room, size);
        check(sqlite3_step(insert), SQLITE_DONE, handle, "insert");
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    run(database, "COMMIT");
    free(room);
}

void cbaseline_insert_local(
    cbaseline_database *database, const cbaseline_contacts *contacts, int64_t from, int64_t through,
    const uint8_t *key, cbaseline_capture capture) {
    sqlite3 *handle = database->handle;
    uint8_t *room = room_for_notes();
    run(database, "BEGIN IMMEDIATE");
    int64_t before =
        capture ? number(database, "SELECT value FROM changeCounter") : 0;
    if (capture == cbaseline_numbered) run(database, "UPDATE changeCounter SET value = value + 1");
    sqlite3_stmt *insert = prepare(
        handle,
        capture == cbaseline_numbered
            ? "INSERT INTO contact (id, customer, staff, way, date, note, followUpOn, at, "
              "sequence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            : "INSERT INTO contact (id, customer, staff, way, date, note, followUpOn, at) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    if (capture == cbaseline_numbered) sqlite3_bind_int64(insert, 9, before + 1);
    for (int64_t index = from; index < through; index++) {
        const cbaseline_contact *contact = contacts->rows + index;
        int size = seal_note(room, contact->note, contact->id, key);
        bind_contact(insert, 1, contact, room, size);
        check(sqlite3_step(insert), SQLITE_DONE, handle, "insert");
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    if (capture) {
        sqlite3_stmt *mark = prepare(
            handle,
            "INSERT INTO changeMark (sequence, first, at, isUrgent) "
            "SELECT value, ? + 1, 1743465600000, 0 FROM changeCounter");
        sqlite3_bind_int64(mark, 1, before);
        check(sqlite3_step(mark), SQLITE_DONE, handle, "mark");
        sqlite3_finalize(mark);
    }
    run(database, "COMMIT");
    free(room);
}

void cbaseline_upsert_owners(cbaseline_database *database, int64_t count) {
    sqlite3 *handle = database->handle;
    char customer[24], claim[80], manager[16];
    run(
        database,
        "CREATE TABLE IF NOT EXISTS owner (customer TEXT NOT NULL PRIMARY KEY, claim TEXT NOT NULL,"
        " outlet TEXT NOT NULL, manager TEXT NOT NULL, since INTEGER NOT NULL) STRICT, "
        "WITHOUT ROWID; BEGIN IMMEDIATE");
    sqlite3_stmt *upsert = prepare(
        handle,
        "INSERT INTO owner (customer, claim, outlet, manager, since) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (customer) DO UPDATE SET claim = excluded.claim, outlet = excluded.outlet, "
        "manager = excluded.manager, since = excluded.since");
    for (int64_t index = 0; index < count; index++) {
        snprintf(customer, sizeof customer, "33%08lld", (long long)(index * 7919 % 100000000));
        snprintf(claim, sizeof claim, "%064llx", (unsigned long long)index * 0x9E3779B97F4A7C15u);
        snprintf(manager, sizeof manager, "m%06lld", (long long)(index % 1000));
        sqlite3_bind_text(upsert, 1, customer, -1, SQLITE_STATIC);
        sqlite3_bind_text(upsert, 2, claim, -1, SQLITE_STATIC);
        sqlite3_bind_text(upsert, 3, index % 2 ? "330101" : "330102", -1, SQLITE_STATIC);
        sqlite3_bind_text(upsert, 4, manager, -1, SQLITE_STATIC);
        sqlite3_bind_int64(upsert, 5, 20089 + index % 30);
        check(sqlite3_step(upsert), SQLITE_DONE, handle, "upsert");
        sqlite3_reset(upsert);
    }
    sqlite3_finalize(upsert);
    run(database, "COMMIT");
}

void cbaseline_write_copy(
    const cbaseline_contacts *contacts, const char *outlet, const uint8_t *key, const char *path) {
    FILE *file = fopen(path, "w");
    uint8_t *room = room_for_notes();
    char row[64];
    if (!file) {
        fprintf(stderr, "bench: %s cannot be written\n", path);
        exit(1);
    }
    for (int64_t index = 0; index < contacts->count; index++) {
        const cbaseline_contact *contact = contacts->rows + index;
        snprintf(row, sizeof row, "%s/%s", outlet, contact->id);
        int size = seal_note(room, contact->note, row, key);
        fprintf(
            file, "%s\t%lld\t%s\t%s\t%s\t%s\t%d\t\\\\x", outlet, (long long)index + 1,
            contact->id, contact->customer, contact->staff, contact->way, contact->date);
        for (int byte = 0; byte < size; byte++) fprintf(file, "%02x", room[byte]);
        if (contact->follow_up_on) fprintf(file, "\t%d", contact->follow_up_on);
        else fprintf(file, "\t\\N");
        fprintf(file, "\t\\N\t%lld\n", (long long)contact->at);
    }
    if (fclose(file) != 0) {
        fprintf(stderr, "bench: %s cannot be written\n", path);
        exit(1);
    }
    free(room);
}
