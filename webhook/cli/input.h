// What the verbs read: directories of reviews, manifests, and the date they judge by.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/snapshot.h"
#include "wire/source.h"

namespace launchgate {

struct Input {
  std::vector<SourceObject> manifests;    // of the paths on the command line
  std::vector<SourceObject> all;          // of these and of --from
  std::shared_ptr<const Snapshot> world;  // of these and of --from
};

// What stands in these files and folders. Says on stderr what is wrong, and what of launchgate's own objects this version
// does not know: never on stdout, which may be for a machine. Every verb reads its folders here.
struct Objects {
  std::vector<SourceObject> objects;
  bool bad = false;  // something is wrong, and said
};
Objects read_objects(const std::vector<std::string>& roots);

// Reads `paths` (files, folders, "-") and `from` (folders). A path's object wins over the same one in `from`. Objects
// that name no namespace are put into `ns`, where one is given, as kubectl apply -n does. Prints what is wrong to stderr;
// null when anything is.
std::unique_ptr<Input> read_input(const std::vector<std::string>& paths, const std::vector<std::string>& from,
                                  const std::string& ns = {});

// --now, else the clock. Prints and returns nothing when it is no date.
std::optional<TimePoint> date_of(const std::string& now);

}  // namespace launchgate
