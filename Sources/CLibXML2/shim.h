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
#include <libxml/xmlmemory.h>
#include <libxml/xmlsave.h>
#include <libxml/xpath.h>
#include <stddef.h>

/// Frees what libxml2 handed out; its own name for that is a macro, which Swift does not see.
static inline void apus_xml_free(void *memory) { xmlFree(memory); }

/// What came of pushing a document.
enum apus_push_result { APUS_PUSH_DONE = 0, APUS_PUSH_TAG_TOO_LONG = 1 };

/// Pushes a whole document through a context that was given its first bytes already.
///
/// libxml2 compares each attribute of a tag with all others of it, and looks at a tag only when all of it has come in.
/// So the pieces are small, and what waits for its end is not allowed to grow: no tag above `longest_tag` bytes and no
/// comment or instruction above `longest_token` bytes gets as far as the parser. Stops early after an error, or when a
/// callback called xmlStopParser; the context tells.
static inline enum apus_push_result apus_push(xmlParserCtxtPtr context, const char *bytes, size_t count,
                                              long longest_tag, long longest_token) {
    const size_t piece = 16384;
    while (count > piece) {
        if (xmlParseChunk(context, bytes, (int)piece, 0) != XML_ERR_OK && context->disableSAX) return APUS_PUSH_DONE;
        bytes += piece;
        count -= piece;
        xmlParserInputPtr input = context->input;
        if (input == NULL || context->instate == XML_PARSER_EOF) return APUS_PUSH_DONE;
        long waiting = (long)(input->end - input->cur);
        if (waiting <= longest_tag) continue;
        int is_tag = input->cur[0] == '<' && input->cur[1] != '!' && input->cur[1] != '?';
        if (is_tag || waiting > longest_token) return APUS_PUSH_TAG_TOO_LONG;
    }
    xmlParseChunk(context, bytes, (int)count, 1);
    return APUS_PUSH_DONE;
}

#endif
