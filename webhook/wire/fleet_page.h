// The parts of the page that `launchgate report -o html` prints; each is a file of its own. No part holds a style or a
// handler of its own: the page's Content-Security-Policy forbids both.
#pragma once

#include "wire/fleet.h"
#include "wire/html.h"

namespace launchgate::fleet_page {

extern const std::string_view kStyle, kScript;  // of the whole page

void summary(Html& out, const FleetReport& report);
void overview(Html& out, const FleetReport& report);  // the table of all reviews, and its filter
void article(Html& out, const FleetReview& review, TimePoint now);
void unreviewed(Html& out, const FleetReport& report);
void controls(Html& out, const FleetReport& report);
void legend(Html& out);

// Tables of an article.
void gates(Html& out, const FleetReview& review);
void waivers(Html& out, const FleetReview& review, TimePoint now);
void approvals(Html& out, const FleetReview& review);
void dates(Html& out, const FleetReview& review, TimePoint now);
void workloads(Html& out, const FleetReview& review);

// ---- Shared pieces.

std::string anchor(const FleetReview& review);  // id of its article
// A word in a frame, with a sign: never told apart by colour alone.
void badge(Html& out, std::string_view word);
void date(Html& out, TimePoint time);                   // <time>2026-11-24</time>
void dated(Html& out, TimePoint now, TimePoint time);   // with "in 22 days"
void code(Html& out, std::string_view text);            // of programs: names, paths, digests
void short_digest(Html& out, std::string_view digest);  // "v1:1d5b2513d807", the whole as title
std::string counted(std::size_t n, std::string_view one, std::string_view many);  // "1 gate", "2 gates"

}  // namespace launchgate::fleet_page
