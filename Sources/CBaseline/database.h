// What the parts of the baseline share.
#ifndef DATABASE_H
#define DATABASE_H

#include "CBaseline.h"

// The session extension's declarations are behind these.
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>

struct cbaseline_database {
    sqlite3 *handle;
};

void check(int code, int wanted, sqlite3 *handle, const char *what);
void run(cbaseline_database *database, const char *sql);
int64_t number(cbaseline_database *database, const char *sql);
// A number that another value in any cell that the statement gives would change.
uint64_t fingerprint(cbaseline_database *database, const char *sql);
sqlite3_stmt *prepare(sqlite3 *handle, const char *sql);

// Seals a note as the product does: format, nonce, XChaCha20-Poly1305 bound to table, row and
// column. Gives back the size; `room` has 41 bytes more than the note.
int seal_note(
    uint8_t *room, cbaseline_text note, const char *row, const uint8_t *key);

// Binds a record from the given position on: id, customer, staff, way, date, note, followUpOn, at.
void bind_contact(
    sqlite3_stmt *statement, int position, const cbaseline_contact *contact, const uint8_t *note,
    int note_size);

#endif
