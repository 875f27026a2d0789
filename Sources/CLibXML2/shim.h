#ifndef APUS_CLIBXML2_SHIM_H
#define APUS_CLIBXML2_SHIM_H

// ICU's headers would come along, and clash with those Foundation brings of its own; nothing here needs them.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/SAX2.h>
#include <libxml/dict.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <limits.h>
#include <stddef.h>
#include <string.h>

static inline void apus_ignore(void *data, const char *format, ...) {
    (void)data;
    (void)format;
}

static inline void apus_ignore_structured(void *data, xmlErrorPtr error) {
    (void)data;
    (void)error;
}

/// Keeps libxml2 from printing what it has no better place for, on this thread.
static inline void apus_silence(void) {
    xmlSetGenericErrorFunc(NULL, apus_ignore);
    xmlSetStructuredErrorFunc(NULL, (xmlStructuredErrorFunc)apus_ignore_structured);
}

/// What came of pushing a document.
enum apus_push_result { APUS_PUSH_DONE = 0, APUS_PUSH_TAG_TOO_LONG = 1, APUS_PUSH_COMMENT_TOO_LONG = 2 };

/// The end of a CDATA section in the bytes from `start` on; NULL when it is not there.
static inline const char *apus_cdata_end(const char *start, const char *end) {
    const char *at = start + 2;
    while (at < end && (at = (const char *)memchr(at, '>', (size_t)(end - at))) != NULL) {
        if (at[-1] == ']' && at[-2] == ']') return at + 1;
        at++;
    }
    return NULL;
}

/// Pushes a whole document through a context that was given its first bytes already.
///
/// libxml2 compares each attribute of a tag with all others of it, and looks at a tag only when all of it has come in.
/// So the pieces are small, and what waits for its end is not allowed to grow: no tag above `longest_tag` bytes and no
/// comment or instruction above `longest_comment` bytes gets as far as the parser. Only a CDATA section goes in whole,
/// since libxml2 would look for its end from its beginning again with each piece.
///
/// Stops early after an error, or when a callback has called xmlStopParser; the context tells.
static inline enum apus_push_result apus_push(xmlParserCtxtPtr context, const char *bytes, size_t count,
                                              long longest_tag, long longest_comment) {
    const size_t usual = 16384;
    size_t piece = usual;
    while (count > piece) {
        xmlParseChunk(context, bytes, (int)piece, 0);
        bytes += piece;
        count -= piece;
        piece = usual;
        xmlParserInputPtr input = context->input;
        if (context->disableSAX || input == NULL || context->instate == XML_PARSER_EOF) return APUS_PUSH_DONE;
        if (context->instate == XML_PARSER_CDATA_SECTION && input->buf != NULL && input->buf->encoder == NULL) {
            // The last two bytes that went in may be the beginning of the end.
            const char *end = apus_cdata_end(bytes - 2, bytes + count);
            if (end != NULL && (size_t)(end - bytes) <= INT_MAX) {
                piece = (size_t)(end - bytes);
                continue;
            }
        }
        long waiting = (long)(input->end - input->cur);
        if (waiting <= longest_tag) continue;
        int is_tag = input->cur[0] == '<' && input->cur[1] != '!' && input->cur[1] != '?';
        if (is_tag) return APUS_PUSH_TAG_TOO_LONG;
        if (waiting > longest_comment) return APUS_PUSH_COMMENT_TOO_LONG;
    }
    xmlParseChunk(context, bytes, (int)count, 1);
    return APUS_PUSH_DONE;
}

#endif
