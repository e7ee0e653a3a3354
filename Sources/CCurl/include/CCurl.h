// libcurl for Swift, which cannot call its variadic setters and getters.
#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>

typedef size_t (*ccurl_receiver)(char *bytes, size_t size, size_t count, void *context);
typedef int (*ccurl_watcher)(CURL *handle, curl_infotype type, char *bytes, size_t count,
                             void *context);

CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *text);
CURLcode ccurl_set_number(CURL *handle, CURLoption option, long number);
CURLcode ccurl_set_size(CURL *handle, CURLoption option, curl_off_t size);
CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, const void *pointer);
CURLcode ccurl_set_blob(CURL *handle, CURLoption option, const void *bytes, size_t count);
CURLcode ccurl_set_receiver(CURL *handle, CURLoption option, ccurl_receiver receiver);
CURLcode ccurl_set_watcher(CURL *handle, CURLoption option, ccurl_watcher watcher);

CURLcode ccurl_get_number(CURL *handle, CURLINFO info, long *number);

#endif
