// Standard output, of which everything has to arrive: a report that is cut off must not look like one that passed.
#pragma once

namespace launchgate {

// At the start: a stream that is closed stays unusable, in place of becoming the first file or socket that is opened.
void guard_streams();

// At the end: `code`, or 2 where something could not be written, and says so on standard error.
int written(int code);

}  // namespace launchgate
