// X.509 by Debian's OpenSSL for Swift, which cannot call its macros: what goes in and what comes out
// are bytes.
//
// A key is the secret number of an EC P-256 pair, 32 bytes, big end first. Certificates and requests
// are DER. Instants are seconds since 1970-01-01 UTC. A function that returns an int gives 1 where
// it did what it is named for and 0 where it did not; the out parameters are set with 1 alone.
#ifndef CCERTIFICATES_H
#define CCERTIFICATES_H

#include <stddef.h>
#include <stdint.h>

#define CCERT_KEY_SIZE 32
#define CCERT_SERIAL_SIZE 16
#define CCERT_NAME_SIZE 256

typedef struct {
    uint8_t *bytes;
    size_t count;
} ccert_bytes;

/// Of what a function gave; wiped before it is given back.
void ccert_free(ccert_bytes *bytes);

typedef enum { CCERT_FOR_AUTHORITY, CCERT_FOR_SERVER, CCERT_FOR_CLIENT } ccert_use;

/// What an issuer writes into a certificate.
typedef struct {
    ccert_use use;
    const char *common_name;
    /// One a line: "URI:…", "DNS:…" or "IP:…"; empty for none.
    const char *alternative_names;
    uint8_t serial[CCERT_SERIAL_SIZE];
    int64_t valid_from;
    int64_t valid_through;
} ccert_content;

/// What a reader needs of a certificate.
typedef struct {
    int64_t valid_from;
    int64_t valid_through;
    /// The first URI among the alternative names; empty for none, or where it is longer.
    char uri[CCERT_NAME_SIZE];
} ccert_facts;

/// Whether the bytes are a secret number of the curve.
int ccert_is_key(const uint8_t key[CCERT_KEY_SIZE]);

int ccert_key_pem(const uint8_t key[CCERT_KEY_SIZE], ccert_bytes *pem);
int ccert_certificate_pem(const uint8_t *certificate, size_t count, ccert_bytes *pem);

/// A request (PKCS #10) with an empty subject: who asks is for the issuer to say.
int ccert_make_request(const uint8_t key[CCERT_KEY_SIZE], ccert_bytes *request);

/// Whether the bytes are a request with a key of the curve, signed by that key.
int ccert_is_request(const uint8_t *request, size_t count);

/// A certificate that its own key signs.
int ccert_make_authority(const uint8_t key[CCERT_KEY_SIZE], const ccert_content *content,
                         ccert_bytes *certificate);

/// A certificate for a request's key, signed by the authority's.
int ccert_issue(const uint8_t *authority, size_t authority_count,
                const uint8_t authority_key[CCERT_KEY_SIZE], const uint8_t *request,
                size_t request_count, const ccert_content *content, ccert_bytes *certificate);

int ccert_read(const uint8_t *certificate, size_t count, ccert_facts *facts);

/// Whether the key is the certificate's.
int ccert_has_key(const uint8_t *certificate, size_t count, const uint8_t key[CCERT_KEY_SIZE]);

/// Whether the request is for the certificate's key.
int ccert_has_key_of(const uint8_t *certificate, size_t count, const uint8_t *request,
                     size_t request_count);

/// Whether the authority, and no other, issued the certificate for the use; its dates do not count.
int ccert_is_issued_by(const uint8_t *authority, size_t authority_count,
                       const uint8_t *certificate, size_t count, ccert_use use);

#endif
