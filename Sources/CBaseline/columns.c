#include "CBaseline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

int64_t cbaseline_zstd(const uint8_t *bytes, int64_t size) {
    size_t bound = ZSTD_compressBound((size_t)size);
    void *room = malloc(bound);
    size_t made = room ? ZSTD_compress(room, bound, bytes, (size_t)size, 3) : 0;
    if (!room || ZSTD_isError(made)) {
        fprintf(stderr, "bench: zstd failed\n");
        exit(1);
    }
    free(room);
    return (int64_t)made;
}

static uint8_t *put_number(uint8_t *at, uint64_t number) {
    for (; number >= 0x80; number >>= 7) *at++ = (uint8_t)number | 0x80;
    *at++ = (uint8_t)number;
    return at;
}

static uint8_t *put_difference(uint8_t *at, int64_t value, int64_t *last) {
    int64_t difference = value - *last;
    *last = value;
    return put_number(at, (uint64_t)difference << 1 ^ (uint64_t)(difference >> 63));
}

// One text column: all lengths, then all bytes.
#define PUT_TEXTS(LENGTH, BYTES)                            \
    for (int64_t row = 0; row < contacts->count; row++) {   \
        const cbaseline_contact *each = contacts->rows + row; \
        at = put_number(at, (uint64_t)(LENGTH));            \
    }                                                       \
    for (int64_t row = 0; row < contacts->count; row++) {   \
        const cbaseline_contact *each = contacts->rows + row; \
        memcpy(at, BYTES, (size_t)(LENGTH));                \
        at += (LENGTH);                                     \
    }

#define PUT_INTEGERS(VALUE)                                 \
    last = 0;                                               \
    for (int64_t row = 0; row < contacts->count; row++) {   \
        at = put_difference(at, (VALUE), &last);            \
    }

int64_t cbaseline_columns(const cbaseline_contacts *contacts, int has_notes) {
    uint8_t *bytes = malloc((size_t)contacts->note_bytes + (size_t)contacts->count * 160);
    uint8_t *at = bytes;
    int64_t last;
    if (!bytes) return 0;
    PUT_INTEGERS(row + 1)
    PUT_TEXTS(strlen(each->id), each->id)
    PUT_TEXTS(strlen(each->customer), each->customer)
    PUT_TEXTS(strlen(each->staff), each->staff)
    PUT_TEXTS(strlen(each->way), each->way)
    PUT_INTEGERS(contacts->rows[row].date)
    if (has_notes) { PUT_TEXTS(each->note.size, each->note.text) }
    PUT_INTEGERS(contacts->rows[row].follow_up_on)
    PUT_INTEGERS(contacts->rows[row].at)
    int64_t size = cbaseline_zstd(bytes, at - bytes);
    free(bytes);
    return size;
}
