#ifndef APUS_CMALLOC_SHIM_H
#define APUS_CMALLOC_SHIM_H

#include <malloc.h>

#endif
