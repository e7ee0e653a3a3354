#include "database.h"

#include <stdio.h>
#include <stdlib.h>

uint8_t *cbaseline_changeset(
    cbaseline_database *database, const cbaseline_contacts *contacts, const char *outlet,
    const uint8_t *key, int has_notes, int *size) {
    sqlite3_session *session;
    sqlite3 *handle = database->handle;
    if (!has_notes) {
        run(
            database,
            "DROP INDEX IF EXISTS contactByCustomer; ALTER TABLE contact DROP COLUMN note");
    }
    check(sqlite3session_create(handle, "main", &session), SQLITE_OK, handle, "session");
    check(sqlite3session_attach(session, "contact"), SQLITE_OK, handle, "session");
    if (has_notes) {
        cbaseline_insert_received(database, contacts, outlet, key);
    } else {
        run(database, "BEGIN IMMEDIATE");
        sqlite3_stmt *insert = prepare(
            handle,
            "INSERT INTO contact (outlet, version, id, customer, staff, way, date, followUpOn, at, "
            "amends) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)");
        sqlite3_bind_text(insert, 1, outlet, -1, SQLITE_STATIC);
        for (int64_t index = 0; index < contacts->count; index++) {
            const cbaseline_contact *contact = contacts->rows + index;
            sqlite3_bind_int64(insert, 2, index + 1);
            sqlite3_bind_text(insert, 3, contact->id, -1, SQLITE_STATIC);
            sqlite3_bind_text(insert, 4, contact->customer, -1, SQLITE_STATIC);
            sqlite3_bind_text(insert, 5, contact->staff, -1, SQLITE_STATIC);
            sqlite3_bind_text(insert, 6, contact->way, -1, SQLITE_STATIC);
            sqlite3_bind_int64(insert, 7, contact->date);
            if (contact->follow_up_on) {
                sqlite3_bind_int64(insert, 8, contact->follow_up_on);
            } else {
                sqlite3_bind_null(insert, 8);
            }
            sqlite3_bind_int64(insert, 9, contact->at);
            check(sqlite3_step(insert), SQLITE_DONE, handle, "insert");
            sqlite3_reset(insert);
        }
        sqlite3_finalize(insert);
        run(database, "COMMIT");
    }
    void *changeset;
    check(
        sqlite3session_changeset(session, size, &changeset), SQLITE_OK, handle, "changeset");
    sqlite3session_delete(session);
    return changeset;
}

static int keep_what_is_there(void *context, int conflict, sqlite3_changeset_iter *iterator) {
    (void)context;
    (void)conflict;
    (void)iterator;
    return SQLITE_CHANGESET_OMIT;
}

void cbaseline_apply_changeset(
    cbaseline_database *database, uint8_t *changeset, int size, const cbaseline_contacts *contacts,
    const char *outlet, const uint8_t *key) {
    uint8_t *room = malloc(8192);
    char row[64];
    for (int64_t index = 0; index < contacts->count; index++) {
        snprintf(row, sizeof row, "%s/%s", outlet, contacts->rows[index].id);
        seal_note(room, contacts->rows[index].note, row, key);
    }
    free(room);
    run(database, "BEGIN IMMEDIATE");
    check(
        sqlite3changeset_apply(
            database->handle, size, changeset, NULL, keep_what_is_there, NULL),
        SQLITE_OK, database->handle, "changeset apply");
    run(database, "COMMIT");
}

void cbaseline_free_bytes(uint8_t *bytes) { sqlite3_free(bytes); }
