#include "CCertificates.h"

#include <limits.h>
#include <string.h>
#include <time.h>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#define POINT_SIZE 65
#define CURVE_NAME "prime256v1"

// Later than any certificate's end, and a number that every time_t and ASN.1 time can hold.
#define LATEST_INSTANT INT64_C(253402300799)

void ccert_free(ccert_bytes *bytes) {
    OPENSSL_clear_free(bytes->bytes, bytes->count);
    bytes->bytes = NULL;
    bytes->count = 0;
}

// OpenSSL keeps its errors by the thread; nobody here reads them, so none stays behind.
static int done(int is_done) {
    ERR_clear_error();
    return is_done ? 1 : 0;
}

static int take(unsigned char *bytes, int count, ccert_bytes *out) {
    if (bytes == NULL || count <= 0) return 0;
    out->bytes = bytes;
    out->count = (size_t)count;
    return 1;
}

// Keys

static EVP_PKEY *pair_of(const BIGNUM *secret, const unsigned char point[POINT_SIZE]) {
    EVP_PKEY *pair = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    OSSL_PARAM *parameters = NULL;
    if (context != NULL && builder != NULL &&
        OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, CURVE_NAME, 0) &&
        OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point, POINT_SIZE) &&
        OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_PRIV_KEY, secret) &&
        (parameters = OSSL_PARAM_BLD_to_param(builder)) != NULL &&
        EVP_PKEY_fromdata_init(context) == 1 &&
        EVP_PKEY_fromdata(context, &pair, EVP_PKEY_KEYPAIR, parameters) != 1)
        pair = NULL;
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(builder);
    EVP_PKEY_CTX_free(context);
    return pair;
}

static EVP_PKEY *pair_from(const uint8_t key[CCERT_KEY_SIZE]) {
    EVP_PKEY *pair = NULL;
    unsigned char point[POINT_SIZE];
    EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    EC_POINT *public = group == NULL ? NULL : EC_POINT_new(group);
    BIGNUM *secret = BN_secure_new();
    if (public != NULL && secret != NULL && BN_bin2bn(key, CCERT_KEY_SIZE, secret) != NULL &&
        !BN_is_zero(secret) && BN_cmp(secret, EC_GROUP_get0_order(group)) < 0) {
        BN_set_flags(secret, BN_FLG_CONSTTIME);
        if (EC_POINT_mul(group, public, secret, NULL, NULL, NULL) == 1 &&
            EC_POINT_point2oct(group, public, POINT_CONVERSION_UNCOMPRESSED, point, POINT_SIZE,
                               NULL) == POINT_SIZE)
            pair = pair_of(secret, point);
    }
    BN_clear_free(secret);
    EC_POINT_free(public);
    EC_GROUP_free(group);
    return pair;
}

static int is_of_curve(EVP_PKEY *key) {
    char name[32] = "";
    return key != NULL && EVP_PKEY_is_a(key, "EC") &&
           EVP_PKEY_get_group_name(key, name, sizeof name, NULL) == 1 &&
           strcmp(name, CURVE_NAME) == 0;
}

int ccert_is_key(const uint8_t key[CCERT_KEY_SIZE]) {
    EVP_PKEY *pair = pair_from(key);
    int is_key = pair != NULL;
    EVP_PKEY_free(pair);
    return done(is_key);
}

// PEM

static int take_text(BIO *text, ccert_bytes *out) {
    char *start = NULL;
    long count = BIO_get_mem_data(text, &start);
    if (count <= 0) return 0;
    unsigned char *bytes = OPENSSL_memdup(start, (size_t)count);
    return take(bytes, (int)count, out);
}

int ccert_key_pem(const uint8_t key[CCERT_KEY_SIZE], ccert_bytes *pem) {
    EVP_PKEY *pair = pair_from(key);
    BIO *text = BIO_new(BIO_s_secmem());
    int is_done = pair != NULL && text != NULL &&
                  PEM_write_bio_PKCS8PrivateKey(text, pair, NULL, NULL, 0, NULL, NULL) == 1 &&
                  take_text(text, pem);
    BIO_free_all(text);
    EVP_PKEY_free(pair);
    return done(is_done);
}

static X509 *certificate_from(const uint8_t *bytes, size_t count) {
    if (count > LONG_MAX) return NULL;
    const unsigned char *end = bytes;
    X509 *certificate = d2i_X509(NULL, &end, (long)count);
    // What stands behind it is no part of it, and would give one certificate several fingerprints.
    if (certificate != NULL && end != bytes + count) {
        X509_free(certificate);
        return NULL;
    }
    return certificate;
}

int ccert_certificate_pem(const uint8_t *bytes, size_t count, ccert_bytes *pem) {
    X509 *certificate = certificate_from(bytes, count);
    BIO *text = BIO_new(BIO_s_mem());
    int is_done = certificate != NULL && text != NULL &&
                  PEM_write_bio_X509(text, certificate) == 1 && take_text(text, pem);
    BIO_free_all(text);
    X509_free(certificate);
    return done(is_done);
}

// Requests

int ccert_make_request(const uint8_t key[CCERT_KEY_SIZE], ccert_bytes *out) {
    EVP_PKEY *pair = pair_from(key);
    X509_REQ *request = X509_REQ_new();
    unsigned char *bytes = NULL;
    int count = -1;
    if (pair != NULL && request != NULL && X509_REQ_set_version(request, 0) == 1 &&
        X509_REQ_set_pubkey(request, pair) == 1 && X509_REQ_sign(request, pair, EVP_sha256()) > 0)
        count = i2d_X509_REQ(request, &bytes);
    int is_done = take(bytes, count, out);
    X509_REQ_free(request);
    EVP_PKEY_free(pair);
    return done(is_done);
}

static X509_REQ *request_from(const uint8_t *bytes, size_t count) {
    if (count > LONG_MAX) return NULL;
    const unsigned char *end = bytes;
    X509_REQ *request = d2i_X509_REQ(NULL, &end, (long)count);
    EVP_PKEY *key = request == NULL ? NULL : X509_REQ_get0_pubkey(request);
    if (request != NULL && end == bytes + count && is_of_curve(key) &&
        X509_REQ_verify(request, key) == 1)
        return request;
    X509_REQ_free(request);
    return NULL;
}

int ccert_is_request(const uint8_t *bytes, size_t count) {
    X509_REQ *request = request_from(bytes, count);
    int is_request = request != NULL;
    X509_REQ_free(request);
    return done(is_request);
}

// Certificates

static int set_instant(ASN1_TIME *time, int64_t instant) {
    return instant >= 0 && instant <= LATEST_INSTANT &&
           ASN1_TIME_set(time, (time_t)instant) != NULL;
}

static int add(X509 *certificate, X509V3_CTX *context, int kind, const char *value) {
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, context, kind, value);
    int is_added = extension != NULL && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return is_added;
}

static GENERAL_NAME *general_name(const char *text, size_t count) {
    static const struct {
        const char *prefix;
        int kind;
    } kinds[] = {{"URI:", GEN_URI}, {"DNS:", GEN_DNS}, {"IP:", GEN_IPADD}};
    char value[CCERT_NAME_SIZE];
    for (size_t index = 0; index < sizeof kinds / sizeof kinds[0]; index++) {
        size_t skipped = strlen(kinds[index].prefix);
        if (count <= skipped || count - skipped >= sizeof value ||
            strncmp(text, kinds[index].prefix, skipped) != 0)
            continue;
        memcpy(value, text + skipped, count - skipped);
        value[count - skipped] = '\0';
        return a2i_GENERAL_NAME(NULL, NULL, NULL, kinds[index].kind, value, 0);
    }
    return NULL;
}

static int add_alternative_names(X509 *certificate, const char *text) {
    if (*text == '\0') return 1;
    GENERAL_NAMES *names = GENERAL_NAMES_new();
    int is_good = names != NULL;
    while (is_good && *text != '\0') {
        size_t count = strcspn(text, "\n");
        GENERAL_NAME *name = general_name(text, count);
        is_good = name != NULL && sk_GENERAL_NAME_push(names, name) > 0;
        if (!is_good) GENERAL_NAME_free(name);
        text += count;
        if (*text == '\n') text++;
    }
    is_good = is_good &&
              X509_add1_ext_i2d(certificate, NID_subject_alt_name, names, 0, X509V3_ADD_DEFAULT) == 1;
    GENERAL_NAMES_free(names);
    return is_good;
}

static int add_use(X509 *certificate, X509V3_CTX *context, ccert_use use) {
    switch (use) {
    case CCERT_FOR_AUTHORITY:
        return add(certificate, context, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
               add(certificate, context, NID_key_usage, "critical,keyCertSign,cRLSign");
    case CCERT_FOR_SERVER:
        return add(certificate, context, NID_basic_constraints, "critical,CA:FALSE") &&
               add(certificate, context, NID_key_usage, "critical,digitalSignature") &&
               add(certificate, context, NID_ext_key_usage, "serverAuth");
    case CCERT_FOR_CLIENT:
        return add(certificate, context, NID_basic_constraints, "critical,CA:FALSE") &&
               add(certificate, context, NID_key_usage, "critical,digitalSignature") &&
               add(certificate, context, NID_ext_key_usage, "clientAuth");
    }
    return 0;
}

static int add_serial(X509 *certificate, const uint8_t serial[CCERT_SERIAL_SIZE]) {
    BIGNUM *number = BN_bin2bn(serial, CCERT_SERIAL_SIZE, NULL);
    int is_added = number != NULL &&
                   BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL;
    BN_free(number);
    return is_added;
}

// `issuer` is NULL for a certificate of its own making.
static int make(X509 *issuer, EVP_PKEY *issuer_key, EVP_PKEY *key, const ccert_content *content,
                ccert_bytes *out) {
    X509 *certificate = X509_new();
    if (certificate == NULL) return 0;
    X509 *signer = issuer == NULL ? certificate : issuer;
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, signer, certificate, NULL, NULL, 0);
    X509_NAME *name = X509_get_subject_name(certificate);
    unsigned char *bytes = NULL;
    int count = -1;
    if (X509_set_version(certificate, X509_VERSION_3) == 1 &&
        add_serial(certificate, content->serial) &&
        set_instant(X509_getm_notBefore(certificate), content->valid_from) &&
        set_instant(X509_getm_notAfter(certificate), content->valid_through) &&
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                   (const unsigned char *)content->common_name, -1, -1, 0) == 1 &&
        X509_set_issuer_name(certificate, X509_get_subject_name(signer)) == 1 &&
        X509_set_pubkey(certificate, key) == 1 && add_use(certificate, &context, content->use) &&
        add(certificate, &context, NID_subject_key_identifier, "hash") &&
        add(certificate, &context, NID_authority_key_identifier, "keyid:always") &&
        add_alternative_names(certificate, content->alternative_names) &&
        X509_sign(certificate, issuer_key, EVP_sha256()) > 0)
        count = i2d_X509(certificate, &bytes);
    X509_free(certificate);
    return take(bytes, count, out);
}

int ccert_make_authority(const uint8_t key[CCERT_KEY_SIZE], const ccert_content *content,
                         ccert_bytes *certificate) {
    EVP_PKEY *pair = pair_from(key);
    int is_done = pair != NULL && make(NULL, pair, pair, content, certificate);
    EVP_PKEY_free(pair);
    return done(is_done);
}

int ccert_issue(const uint8_t *authority, size_t authority_count,
                const uint8_t authority_key[CCERT_KEY_SIZE], const uint8_t *request,
                size_t request_count, const ccert_content *content, ccert_bytes *certificate) {
    X509 *issuer = certificate_from(authority, authority_count);
    EVP_PKEY *pair = pair_from(authority_key);
    X509_REQ *asked = request_from(request, request_count);
    int is_done = issuer != NULL && pair != NULL && asked != NULL &&
                  X509_check_private_key(issuer, pair) == 1 &&
                  make(issuer, pair, X509_REQ_get0_pubkey(asked), content, certificate);
    X509_REQ_free(asked);
    EVP_PKEY_free(pair);
    X509_free(issuer);
    return done(is_done);
}

static int get_instant(const ASN1_TIME *time, int64_t *instant) {
    struct tm parts;
    if (ASN1_TIME_to_tm(time, &parts) != 1) return 0;
    *instant = (int64_t)timegm(&parts);
    return 1;
}

static void get_uri(X509 *certificate, char uri[CCERT_NAME_SIZE]) {
    uri[0] = '\0';
    GENERAL_NAMES *names = X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
    for (int index = 0; names != NULL && index < sk_GENERAL_NAME_num(names); index++) {
        int kind = 0;
        const ASN1_STRING *text = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, index), &kind);
        if (kind != GEN_URI) continue;
        size_t count = (size_t)ASN1_STRING_length(text);
        const unsigned char *bytes = ASN1_STRING_get0_data(text);
        if (count < CCERT_NAME_SIZE && memchr(bytes, '\0', count) == NULL) {
            memcpy(uri, bytes, count);
            uri[count] = '\0';
        }
        break;
    }
    GENERAL_NAMES_free(names);
}

int ccert_read(const uint8_t *bytes, size_t count, ccert_facts *facts) {
    X509 *certificate = certificate_from(bytes, count);
    int is_done = certificate != NULL &&
                  get_instant(X509_get0_notBefore(certificate), &facts->valid_from) &&
                  get_instant(X509_get0_notAfter(certificate), &facts->valid_through);
    if (is_done) get_uri(certificate, facts->uri);
    X509_free(certificate);
    return done(is_done);
}

int ccert_has_key(const uint8_t *bytes, size_t count, const uint8_t key[CCERT_KEY_SIZE]) {
    X509 *certificate = certificate_from(bytes, count);
    EVP_PKEY *pair = pair_from(key);
    int has_key =
        certificate != NULL && pair != NULL && X509_check_private_key(certificate, pair) == 1;
    EVP_PKEY_free(pair);
    X509_free(certificate);
    return done(has_key);
}

int ccert_has_key_of(const uint8_t *bytes, size_t count, const uint8_t *request_bytes,
                     size_t request_count) {
    X509 *certificate = certificate_from(bytes, count);
    X509_REQ *request = request_from(request_bytes, request_count);
    int has_key = certificate != NULL && request != NULL &&
                  EVP_PKEY_eq(X509_get0_pubkey(certificate), X509_REQ_get0_pubkey(request)) == 1;
    X509_REQ_free(request);
    X509_free(certificate);
    return done(has_key);
}

static int purpose_of(ccert_use use) {
    switch (use) {
    case CCERT_FOR_AUTHORITY: return X509_PURPOSE_ANY;
    case CCERT_FOR_SERVER: return X509_PURPOSE_SSL_SERVER;
    case CCERT_FOR_CLIENT: return X509_PURPOSE_SSL_CLIENT;
    }
    return X509_PURPOSE_ANY;
}

int ccert_is_issued_by(const uint8_t *authority, size_t authority_count, const uint8_t *bytes,
                       size_t count, ccert_use use) {
    X509 *issuer = certificate_from(authority, authority_count);
    X509 *certificate = certificate_from(bytes, count);
    X509_STORE *trusted = X509_STORE_new();
    X509_STORE_CTX *check = X509_STORE_CTX_new();
    int is_issued = 0;
    if (issuer != NULL && certificate != NULL && trusted != NULL && check != NULL &&
        X509_STORE_add_cert(trusted, issuer) == 1 &&
        X509_STORE_CTX_init(check, trusted, certificate, NULL) == 1 &&
        X509_STORE_CTX_set_purpose(check, purpose_of(use)) == 1) {
        X509_STORE_CTX_set_flags(check, X509_V_FLAG_NO_CHECK_TIME);
        is_issued = X509_verify_cert(check) == 1;
    }
    X509_STORE_CTX_free(check);
    X509_STORE_free(trusted);
    X509_free(certificate);
    X509_free(issuer);
    return done(is_issued);
}
