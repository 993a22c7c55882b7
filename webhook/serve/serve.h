// `launchgate serve`: the webhook as a process.
#pragma once

#include "serve/attendant.h"
#include "serve/options.h"

namespace launchgate {

// Serves until SIGTERM or SIGINT, then drains. Returns the exit code: 0 after a drain, 1 where a port or file cannot be
// had, 2 where what it was told cannot be served. What it has to say are log lines.
// `attend`: what runs beside it where it follows a cluster.
int run_serve(const ServeOptions& options, const Attend& attend = {});

}  // namespace launchgate
