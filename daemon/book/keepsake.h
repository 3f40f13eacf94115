/* SPDX-License-Identifier: MIT */
/*
 * keepsake: what shows that a book was here, where the file of its database is gone or empty.
 */
#ifndef NUDGE_BOOK_KEEPSAKE_H
#define NUDGE_BOOK_KEEPSAKE_H

#include "core/err.h"

#include <stdbool.h>

/* Asked where there is no such file, or one of no bytes: 0 where a new book may be made of it. -ENODATA where
 * a book was: a copy lies in the folder of the copies, the journal is of a file that held something, the
 * lock is of a service that was at work, or its witness knows one. The sentence names the way back, and what to move away for a new
 * book. Of a file that another process makes meanwhile it may say so too: whoever asks looks again. */
int keepsake_check(const char *database, bool empty, struct err *reterr);

/* Where there is no such file, and nothing in its folder, if there is one, shows that a book was: -ENODATA where the
 * service has it open that has read this configuration. Its disk went, or its folder was moved. Else 0. */
int keepsake_ask_service(const char *config, const char *database, struct err *reterr);

#endif
