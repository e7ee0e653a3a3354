// The work of the benchmarks on the bare libraries: what the product is held against. Whatever a
// call cannot do ends the program with a sentence: a benchmark that went wrong has no figure.
#ifndef CBASELINE_H
#define CBASELINE_H

#include <stddef.h>
#include <stdint.h>

// What the process used so far: CPU (user and system) and wall clock in seconds, peak memory in
// bytes.
double cbaseline_cpu(void);
double cbaseline_wall(void);
int64_t cbaseline_peak_memory(void);
// CPU of the processes that were started and waited for, and of a running process with its own
// children, those that have ended among them.
double cbaseline_cpu_of_children(void);
double cbaseline_cpu_of(int pid);
// A number from another process's `/proc/PID/status`; sizes are in KiB.
int64_t cbaseline_status_of(int pid, const char *name);
// Bytes that went over this process's open TCP connections to a port of this machine, both ways.
int64_t cbaseline_bytes_on_sockets(int port);
int cbaseline_free_port(void);
// Whoever reads along sees each line when it is printed.
void cbaseline_print_lines_at_once(void);
// As many open files as the machine lets this process have.
void cbaseline_allow_many_files(void);
// The number that a command prints.
int64_t cbaseline_number_said_by(const char *command);
// Has the shell run a command; 0 where it ended well.
int cbaseline_run_command(const char *command);

// One marketing record, as the bank's people write them; texts are not terminated.
typedef struct {
    const char *text;
    int32_t size;
} cbaseline_text;

typedef struct {
    char id[33];
    char customer[15];
    char staff[8];
    const char *way;
    int32_t date;
    int32_t follow_up_on;  // 0: none wanted
    int64_t at;
    cbaseline_text note;
} cbaseline_contact;

typedef struct {
    cbaseline_contact *rows;
    int64_t count;
    char *notes;
    int64_t note_bytes;
} cbaseline_contacts;

// The same rows for the same seed. Notes have `characters` of them, or a real mix where it is 0.
cbaseline_contacts *cbaseline_make_contacts(uint64_t seed, int64_t count, int characters);
void cbaseline_free_contacts(cbaseline_contacts *contacts);

// A database with the product's pragmas.
typedef struct cbaseline_database cbaseline_database;
cbaseline_database *cbaseline_open(const char *path);
void cbaseline_close(cbaseline_database *database);

// Of head office's table of marketing records: how many there are, and a number that another
// sealed note in any of them would change.
int64_t cbaseline_count_received(cbaseline_database *database);
uint64_t cbaseline_fingerprint_received(cbaseline_database *database);
// Head office forgets how far its nodes are.
void cbaseline_forget_checkpoints(cbaseline_database *database);
// The batch that the checkpoint of a node's lane names; 0 where there is none.
int64_t cbaseline_received_batch(cbaseline_database *database, const char *outlet);
// A node's table of marketing records loses the index that its capture needs.
void cbaseline_untrack(cbaseline_database *database);

// Makes a table of another database here, with its indexes; triggers stay behind.
void cbaseline_copy_table(cbaseline_database *database, const char *from, const char *table);

// Inserts the records into head office's table in one transaction, each note sealed for it.
void cbaseline_insert_received(
    cbaseline_database *database, const cbaseline_contacts *contacts, const char *outlet,
    const uint8_t *key);

// How a node's changes are captured: not at all, by the triggers of its tables, or numbered by the
// writer, once for the transaction, with the triggers there for whoever does not.
typedef enum { cbaseline_untracked, cbaseline_by_trigger, cbaseline_numbered } cbaseline_capture;

// Inserts rows `from` to `through` into a node's table in one transaction, notes sealed for it;
// with a capture the transaction gets its mark.
void cbaseline_insert_local(
    cbaseline_database *database, const cbaseline_contacts *contacts, int64_t from, int64_t through,
    const uint8_t *key, cbaseline_capture capture);

// Writes head office's rows, notes sealed for it, as PostgreSQL's COPY reads them.
void cbaseline_write_copy(
    const cbaseline_contacts *contacts, const char *outlet, const uint8_t *key, const char *path);

// Writes `count` owners in one transaction.
void cbaseline_upsert_owners(cbaseline_database *database, int64_t count);

// The balances of a node's accounts as they are now, in a table that is keyed by account and has
// the customer beside the amount.
void cbaseline_make_balances(cbaseline_database *database, const char *node);
// Groups them by customer; the number of customers.
int64_t cbaseline_group_balances(cbaseline_database *database);
// Closes a date in a node's database as the product does, with the rules' usual parameters, for
// customers of whom only balances moved; the number of customers looked at.
int64_t cbaseline_close_day(cbaseline_database *database, int64_t day);
// A number that another value in any standing or day's close would change.
uint64_t cbaseline_fingerprint_standings(cbaseline_database *database);

// Scans an extract's balances and writes them into a node's database in one transaction, each under
// the account that its number's blind index names; the number of rows.
int64_t cbaseline_load_balances(
    cbaseline_database *database, const char *path, int64_t date, const uint8_t *key);
uint64_t cbaseline_fingerprint_balances(cbaseline_database *database);

// Fills a node's directory with as many customers, each with an owner.
void cbaseline_fill_directory(cbaseline_database *database, int64_t count);
// Who owns a customer, with the names of the manager and the outlet; 0 where nobody does. As one of
// the product's readers, it keeps its statement and has a small cache of pages.
typedef struct cbaseline_look cbaseline_look;
cbaseline_look *cbaseline_make_look(cbaseline_database *database);
void cbaseline_free_look(cbaseline_look *look);
int cbaseline_look_up(cbaseline_look *look, const char *customer);

// The session extension's changeset of the records, made in `database`'s table of theirs; notes as
// they are stored, or left out.
uint8_t *cbaseline_changeset(
    cbaseline_database *database, const cbaseline_contacts *contacts, const char *outlet,
    const uint8_t *key, int has_notes, int *size);
// Applies it in one transaction; where a row is there already it stays. The notes in it are sealed
// already; whoever receives them in clear must seal them, so each is sealed once more here.
void cbaseline_apply_changeset(
    cbaseline_database *database, uint8_t *changeset, int size, const cbaseline_contacts *contacts,
    const char *outlet, const uint8_t *key);
void cbaseline_free_bytes(uint8_t *bytes);

// Bytes of zstd -3 over some bytes, and over the columns of the records one after the other,
// integers as differences; notes left out where `has_notes` is 0.
int64_t cbaseline_zstd(const uint8_t *bytes, int64_t size);
int64_t cbaseline_columns(const cbaseline_contacts *contacts, int has_notes);

#endif
