// Objects -> the parts of a World. The one decoder for a directory's files and for a cluster's caches, so that a review
// means the same in both.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "base/doc.h"
#include "base/result.h"
#include "verdict/build.h"

namespace launchgate {

// What an object is, where it does not say so itself: the items of a list lack both.
struct TypeMeta {
  std::string_view api_version = {}, kind = {};  // empty: as the object says
};

// A copy for keeping: without what is of no use here (managedFields, resourceVersion, what kubectl apply remembers), and
// of status only observedGeneration, of our own kinds approvedRevisions and conditions besides, and in a cluster
// `digest`: of the status as it was (wire/status).
std::shared_ptr<const Doc> slim(Node object, const TypeMeta& type = {});

// The same of an object of which only is asked that it is there, whose it is and what it is labelled.
std::shared_ptr<const Doc> skeleton(Node object, const TypeMeta& type = {});

// True if gates, references or owners look at objects of this kind.
bool is_kept_kind(std::string_view api_version, std::string_view kind);

struct NamespaceLabels {
  std::string name;
  std::shared_ptr<const Doc> labels;
};

// What one object is to the judgement. monostate: nothing (a kind of ours of a newer version).
using Part = std::variant<std::monostate, std::shared_ptr<const Review>, std::shared_ptr<const Profile>,
                          std::shared_ptr<const Policy>, std::shared_ptr<const Waiver>, std::shared_ptr<const Approval>,
                          NamespaceLabels, std::shared_ptr<const WorldObject>>;

// `object` is slim, and `source` says where it stands ("file:line"), empty for a cluster. An Error: it is one of our
// kinds and says something that cannot be meant (a selector without values, an unknown pack).
Result<Part> decode(std::shared_ptr<const Doc> object, std::string source);

void add_to(World& world, const Part& part);
// The same in place of what the part is another version of; for reviews, waivers, approvals and policies.
void put_in(World& world, const Part& part);

}  // namespace launchgate
