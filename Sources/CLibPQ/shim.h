#ifndef APUS_CLIBPQ_SHIM_H
#define APUS_CLIBPQ_SHIM_H

#include <libpq-fe.h>

#endif
