#include "CBaseline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// SplitMix64: the same draws everywhere.
static uint64_t next(uint64_t *state) {
    uint64_t value = (*state += 0x9E3779B97F4A7C15u);
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
    return value ^ (value >> 31);
}

static uint32_t below(uint64_t *state, uint32_t count) {
    return (uint32_t)(((next(state) >> 32) * count) >> 32);
}

static const char *const ways[] = {"call", "visit", "at-outlet", "sms", "wechat"};

// What managers write again and again; the rest of a note is characters of a long tail.
static const char *const phrases[] = {
    "客户来电咨询", "电话联系客户", "上门拜访", "客户到网点办理", "微信沟通", "介绍了",
    "大额存单", "三年期定期存款", "理财产品", "净值型产品", "国债", "基金定投", "保险",
    "贵宾卡权益", "个人养老金账户", "房贷提前还款", "信用卡分期", "资金月底到期", "希望续存",
    "利率偏低", "对收益不满意", "担心风险", "需要和家人商量", "暂不考虑", "有意向", "已预约",
    "下周再联系", "请带身份证", "已发送资料", "子女在外地读书", "准备购房", "他行资金转入",
    "答应本周到店", "未接通", "改日再打", "生日祝福", "邀请参加沙龙", "对服务表示满意",
    "投诉排队时间长", "建议使用手机银行", "风险评级已过期", "需重新测评", "关注黄金价格",
    "询问外汇购汇", "经营需要周转", "推荐经营贷", "已转介对公", "客户出国", "联系方式已更新",
};

static char *put_character(char *at, uint32_t code) {
    *at++ = (char)(0xE0 | code >> 12);
    *at++ = (char)(0x80 | (code >> 6 & 0x3F));
    *at++ = (char)(0x80 | (code & 0x3F));
    return at;
}

// One of 3,000 characters, the earlier ones far more often, as in real text.
static char *put_drawn(char *at, uint64_t *state) {
    uint32_t place = below(state, 3000);
    for (int again = 0; again < 2; again++) {
        uint32_t other = below(state, 3000);
        if (other < place) place = other;
    }
    return put_character(at, 0x4E00 + place * 6);
}

static char *put_note(char *at, uint64_t *state, int characters) {
    int left = characters;
    while (left > 0) {
        uint32_t kind = below(state, 100);
        if (kind < 40) {
            const char *phrase = phrases[below(state, sizeof phrases / sizeof *phrases)];
            for (; *phrase && left > 0; phrase += 3, left--) {
                memcpy(at, phrase, 3);
                at += 3;
            }
        } else if (kind < 55) {
            int digits = 1 + (int)below(state, 7);
            for (; digits > 0 && left > 0; digits--, left--) {
                *at++ = (char)('0' + below(state, 10));
            }
        } else if (kind < 65) {
            at = put_character(at, below(state, 3) ? 0xFF0C : 0x3002);
            left--;
        } else {
            int run = 1 + (int)below(state, 8);
            for (; run > 0 && left > 0; run--, left--) at = put_drawn(at, state);
        }
    }
    return at;
}

// Most notes are a line, some a paragraph.
static int mixed_length(uint64_t *state) {
    uint32_t kind = below(state, 100);
    if (kind < 60) return 8 + (int)below(state, 25);
    if (kind < 92) return 30 + (int)below(state, 60);
    return 90 + (int)below(state, 211);
}

cbaseline_contacts *cbaseline_make_contacts(uint64_t seed, int64_t count, int characters) {
    cbaseline_contacts *contacts = malloc(sizeof *contacts);
    int longest = characters > 0 ? characters : 300;
    contacts->rows = calloc((size_t)count, sizeof *contacts->rows);
    contacts->count = count;
    contacts->note_bytes = 0;
    uint64_t state = seed;
    // Virtual memory; only what is written is used.
    contacts->notes = malloc((size_t)count * (size_t)longest * 3 + 1);
    if (!contacts->rows || !contacts->notes) {
        fprintf(stderr, "bench: there is no memory for %lld records\n", (long long)count);
        exit(1);
    }
    char *at = contacts->notes;
    int32_t date = 20089;
    int64_t instant = 1743465600000;
    for (int64_t row = 0; row < count; row++) {
        cbaseline_contact *contact = contacts->rows + row;
        snprintf(
            contact->customer, sizeof contact->customer, "3300%06u%04u", below(&state, 400),
            below(&state, 10000));
        snprintf(contact->staff, sizeof contact->staff, "m%06u", below(&state, 12));
        contact->way = ways[below(&state, 5)];
        if (below(&state, 160) == 0) {
            date++;
            instant += 50000000;
        }
        contact->date = date;
        contact->follow_up_on = below(&state, 3) == 0 ? date + 1 + (int32_t)below(&state, 30) : 0;
        instant += below(&state, 300000);
        contact->at = instant;
        // As the product makes them: by the clock, then by chance.
        snprintf(
            contact->id, sizeof contact->id, "%012llx%04llx%016llx",
            (unsigned long long)instant, (unsigned long long)(next(&state) >> 48),
            (unsigned long long)next(&state));
        contact->note.text = at;
        at = put_note(at, &state, characters > 0 ? characters : mixed_length(&state));
        contact->note.size = (int32_t)(at - contact->note.text);
    }
    contacts->note_bytes = at - contacts->notes;
    return contacts;
}

void cbaseline_free_contacts(cbaseline_contacts *contacts) {
    free(contacts->rows);
    free(contacts->notes);
    free(contacts);
}
