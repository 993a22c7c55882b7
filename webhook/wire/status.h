// The status of our own kinds, as the operator writes it: pure, from what was found and from what stands there.
//
//   const Examination e = examine(world, review, now);
//   const Doc status = review_status(world, e, before, now);
//   if (status_digest(status.root()) != before["digest"].text()) apply(status_object(…, status.root()))
//
// Equal findings give an equal status: nothing in it moves with the time alone, but for what `status_digest` leaves out.
#pragma once

#include <string>

#include "base/doc.h"
#include "verdict/examine.h"

namespace launchgate {

// What was found of a workload, in a word: "exempt", "not-llm", else the decision.
std::string_view verdict_word(const Verdict& verdict);

// `before`: the status that stands there, as the API server gives it or as slim() has kept it; nowhere when there is none.
Doc review_status(const Snapshot& world, const Examination& examination, Node before, TimePoint now);
// Every review that it concerns is examined for it; `known`: one that has been already (null: none).
Doc waiver_status(const Snapshot& world, const Waiver& waiver, Node before, TimePoint now,
                  const Examination* known = nullptr);
Doc policy_status(const Snapshot& world, const Policy& policy, Node before, TimePoint now);

// Sixteen hexadecimal digits over what a status says: two with the same digest need no write. Left out is what only dates
// it (lastSeen, since) and conditions of others; the order of gates and conditions does not matter.
std::string status_digest(Node status);

// The object for server-side apply on the status subresource. `meta`: the metadata of the object that it is about; its
// uid and resourceVersion go along, so that the write fails with a conflict where the object is another one by now.
std::string status_object(std::string_view kind, Node meta, Node status);

}  // namespace launchgate
