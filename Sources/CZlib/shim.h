#ifndef APUS_CZLIB_SHIM_H
#define APUS_CZLIB_SHIM_H

#include <zlib.h>

/// zlib's beginnings are macros, which Swift does not see. 16 asks for gzip's frame.
static inline int apus_deflate_init(z_streamp stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
}
static inline int apus_inflate_init(z_streamp stream) { return inflateInit2(stream, MAX_WBITS + 16); }
/// Negative asks for no frame at all: what zip files hold.
static inline int apus_inflate_raw_init(z_streamp stream) { return inflateInit2(stream, -MAX_WBITS); }

#endif
