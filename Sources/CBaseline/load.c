// An extract's balances on the bare libraries: a scan of the file, and an upsert of each row.
#include "database.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *read_whole(const char *path, size_t *size) {
    FILE *file = fopen(path, "r");
    if (!file || fseek(file, 0, SEEK_END) != 0) {
        fprintf(stderr, "bench: %s cannot be read\n", path);
        exit(1);
    }
    *size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*size + 1);
    if (fread(bytes, 1, *size, file) != *size) exit(1);
    fclose(file);
    return bytes;
}

// Decimal yuan as the extract writes them.
static int64_t fen(const char *at, const char *end) {
    int is_negative = *at == '-';
    int64_t yuan = 0, cents = 0;
    for (at += is_negative; at < end && *at != '.'; at++) yuan = yuan * 10 + (*at - '0');
    if (at < end) {
        cents = 10 * (at[1] - '0');
        if (at + 2 < end) cents += at[2] - '0';
    }
    int64_t amount = yuan * 100 + cents;
    return is_negative ? -amount : amount;
}

int64_t cbaseline_load_balances(
    cbaseline_database *database, const char *path, int64_t date, const uint8_t *key) {
    sqlite3 *handle = database->handle;
    size_t size;
    const char *bytes = read_whole(path, &size);
    const char *end = bytes + size;
    uint8_t input[128], index[16];
    memcpy(input, "\0\0\0\7account", 11);
    run(database, "BEGIN IMMEDIATE");
    sqlite3_stmt *upsert = prepare(
        handle,
        "INSERT INTO balance (account, date, amount) "
        "SELECT id, ?2, ?3 FROM account WHERE numberIndex = ?1 "
        "ON CONFLICT (account, date) DO UPDATE SET amount = excluded.amount");
    sqlite3_bind_int64(upsert, 2, date);
    int64_t count = 0;
    const char *line = memchr(bytes, '\n', size) + 1;
    while (line < end) {
        const char *comma = memchr(line, ',', (size_t)(end - line));
        const char *next = memchr(comma, '\n', (size_t)(end - comma));
        size_t length = (size_t)(comma - line);
        memcpy(input + 11, line, length);
        crypto_generichash(index, sizeof index, input, 11 + length, key, 32);
        sqlite3_bind_blob(upsert, 1, index, sizeof index, SQLITE_STATIC);
        sqlite3_bind_int64(upsert, 3, fen(comma + 1, next));
        check(sqlite3_step(upsert), SQLITE_DONE, handle, "balance");
        sqlite3_reset(upsert);
        count += sqlite3_changes(handle);
        line = next + 1;
    }
    sqlite3_finalize(upsert);
    run(database, "COMMIT");
    free((void *)bytes);
    return count;
}

uint64_t cbaseline_fingerprint_balances(cbaseline_database *database) {
    return fingerprint(database, "SELECT account, date, amount FROM balance ORDER BY 1, 2");
}
