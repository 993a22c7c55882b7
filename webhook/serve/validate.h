// POST /validate: one AdmissionReview in, one out. A plain function: no socket, and it can be called from a test.
#pragma once

#include "edge/http/message.h"
#include "serve/room.h"

namespace launchgate {

// Called from every server thread at once. 200 with the uid for whatever can be answered; 400 and 415 for what is no
// AdmissionReview; 503 while nothing was loaded yet.
void validate(Room& room, const http::Request& request, http::Response& response);

// "application/json", whatever its case and parameters.
bool is_json(std::string_view content_type);

}  // namespace launchgate
