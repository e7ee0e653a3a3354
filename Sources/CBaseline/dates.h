// The dates that the daily close needs, as days since 1970-01-01.
#ifndef DATES_H
#define DATES_H

#include <stdint.h>

static int64_t days_of(int64_t year, int64_t month, int64_t day) {
    int64_t shifted = month <= 2 ? year - 1 : year;
    int64_t era = shifted / 400;
    int64_t of_era = shifted - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void date_of(int64_t days, int64_t *year, int64_t *month, int64_t *day) {
    int64_t shifted = days + 719468;
    int64_t era = shifted / 146097;
    int64_t of_era = shifted - era * 146097;
    int64_t years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * years + years / 4 - years / 100);
    int64_t from_march = (5 * of_year + 2) / 153;
    *day = of_year - (153 * from_march + 2) / 5 + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = years + era * 400 + (*month <= 2);
}

static int64_t first_of_next_month(int64_t days) {
    int64_t year, month, day;
    date_of(days, &year, &month, &day);
    return month == 12 ? days_of(year + 1, 1, 1) : days_of(year, month + 1, 1);
}

static int64_t adding_months(int64_t days, int months) {
    int64_t year, month, day;
    date_of(days, &year, &month, &day);
    int64_t all = year * 12 + month - 1 + months;
    int64_t first = days_of(all / 12, all % 12 + 1, 1);
    int64_t length = first_of_next_month(first) - first;
    return first + (day < length ? day : length) - 1;
}

// What the date is to the rules.
typedef struct {
    int64_t day, of_year, first_of_year, first_of_month, month_end, next_month_end, new_year;
    int is_month_end;
} calendar;

static calendar calendar_of(int64_t day) {
    calendar made;
    int64_t year, month, of_month;
    date_of(day, &year, &month, &of_month);
    made.day = day;
    made.first_of_year = days_of(year, 1, 1);
    made.of_year = day - made.first_of_year + 1;
    made.first_of_month = day - of_month + 1;
    made.month_end = first_of_next_month(day) - 1;
    made.is_month_end = made.month_end == day;
    made.next_month_end = made.is_month_end ? first_of_next_month(day + 1) - 1 : made.month_end;
    made.new_year = days_of(year + 1, 1, 1);
    return made;
}

#endif
