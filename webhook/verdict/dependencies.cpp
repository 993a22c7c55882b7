#include "verdict/dependencies.h"

#include <algorithm>

#include "model/selector.h"
#include "verdict/digest.h"
#include "verdict/match.h"

namespace launchgate {
namespace {

std::string_view group_in(const WorldObject& o) { return group_of(o.object->root()["apiVersion"].text()); }

std::string name_of(const WorldObject& o) { return o.kind + " " + (o.ns.empty() ? "" : o.ns + "/") + o.name; }

std::string digest_of(const Snapshot& world, const WorldObject& o) {
  constexpr Kind config_map{.kind = "ConfigMap", .rollout = "data binaryData"};
  const Kind* kind = world.kinds.find(group_in(o), o.kind);
  return rollout_digest(kind ? *kind : config_map, o.object->root());
}

class Search {
 public:
  Search(const Snapshot& world, const Workload& w) : world_(world), workload_(w) {
    forward(*w.kind, w.object, w.ns, deepest);
    selecting();
    // Routes name the pools that were found.
    for (std::size_t i = 0; i < found_.size() && found_.size() < most; ++i) naming(*found_[i]);
  }
  std::vector<const WorldObject*> take() { return std::move(found_); }

 private:
  static constexpr int deepest = 4;  // a configuration that is based on another
  static constexpr std::size_t most = 100;

  bool add(const WorldObject& o) {
    if (found_.size() >= most || std::find(found_.begin(), found_.end(), &o) != found_.end()) return false;
    found_.push_back(&o);
    return true;
  }

  // "name", or "namespace/name" as kagent writes it.
  template <class Visit>
  void named(const Reference& to, std::string_view name, std::string_view ns, Visit&& visit) const {
    const Kind* kind = world_.kinds.find(to.group, to.kind);
    if (const auto slash = name.find('/'); slash != std::string_view::npos) {
      ns = name.substr(0, slash);
      name = name.substr(slash + 1);
    }
    if (kind && !kind->namespaced) ns = {};
    world_.objects_by_name.find(hash_of(to.kind, ns, name), [&](std::uint32_t i) {
      const WorldObject& o = *world_.objects[i];
      if (o.kind == to.kind && o.ns == ns && o.name == name && group_in(o) == to.group) visit(o);
    });
  }

  void forward(const Kind& kind, Node object, std::string_view ns, int steps) {
    for (auto text : kind.depends_on) {
      const Reference to = parse_reference(text);
      walk(object, to.path, [&](Node name) {
        named(to, name.text(), ns, [&](const WorldObject& o) {
          if (!add(o) || steps == 0) return;
          if (const Kind* next = world_.kinds.find(to.group, to.kind))
            forward(*next, o.object->root(), o.ns, steps - 1);
        });
      });
    }
  }

  template <class Visit>
  void each_of_kind(const Kind& kind, Visit&& visit) const {
    world_.each(kind.kind, workload_.ns, [&](const WorldObject& o) {
      if (group_in(o) == kind.group) visit(o);
    });
  }

  bool selects(const Kind& kind, const WorldObject& o) const {
    bool found = false;
    for (auto path : kind.selects)
      walk(o.object->root(), path, [&](Node n) {
        const auto selector = Selector::decode(n);
        if (!selector || !selector->present() || n.size() == 0) return;
        for (const PodView& pod : workload_.pods) found |= selector->matches(pod.metadata["labels"]);
      });
    return found;
  }

  void selecting() {
    for (const Kind* kind : world_.kinds.all())
      if (!kind->selects.empty())
        each_of_kind(*kind, [&](const WorldObject& o) {
          if (selects(*kind, o)) add(o);
        });
  }

  // Kinds that are recorded and never gated, and name `target`: a gated one that does is a workload of its own.
  void naming(const WorldObject& target) {
    const auto group = group_in(target);
    for (const Kind* kind : world_.kinds.all()) {
      if (kind->posture != KindPosture::Audit) continue;
      for (auto text : kind->depends_on) {
        const Reference r = parse_reference(text);
        if (r.kind != target.kind || r.group != group) continue;
        each_of_kind(*kind, [&](const WorldObject& o) {
          walk(o.object->root(), r.path, [&](Node name) {
            if (name.text() == target.name) add(o);
          });
        });
      }
    }
  }

  const Snapshot& world_;
  const Workload& workload_;
  std::vector<const WorldObject*> found_;
};

const Dependency* find(const std::vector<Dependency>& all, const std::string& name) {
  const auto at = std::find_if(all.begin(), all.end(), [&](const Dependency& d) { return d.name == name; });
  return at == all.end() ? nullptr : &*at;
}

}  // namespace

std::vector<Dependency> dependencies(const Snapshot& world, const Workload& w) {
  std::vector<Dependency> out;
  if (!w.kind) return out;
  for (const WorldObject* o : Search{world, w}.take()) out.push_back({o, name_of(*o), digest_of(world, *o)});
  std::sort(out.begin(), out.end(), [](const Dependency& a, const Dependency& b) { return a.name < b.name; });
  return out;
}

std::string dependencies_digest(const std::vector<Dependency>& all) {
  if (all.empty()) return {};
  std::string text;
  for (const Dependency& d : all) text.append(d.name).append("\n").append(d.digest).append("\n");
  return "d1:sha256:" + sha256_hex(text);
}

std::string dependencies_digest(const Snapshot& world, const Workload& workload) {
  return dependencies_digest(dependencies(world, workload));
}

std::vector<std::string> drift(const std::vector<Dependency>& then, const std::vector<Dependency>& now) {
  std::vector<std::string> out;
  for (const Dependency& d : now) {
    const Dependency* before = find(then, d.name);
    if (!before) out.push_back(d.name + " is new");
    else if (before->digest != d.digest) out.push_back(d.name + " changed");
  }
  for (const Dependency& d : then)
    if (!find(now, d.name)) out.push_back(d.name + " is gone");
  return out;
}

std::vector<const Review*> dependants(const Snapshot& world, const WorldObject& changed) {
  std::vector<const Review*> out;
  for (const auto& object : world.objects) {
    const Workload w = Workload::view(object->object->root(), object->ns, object->name, &world.kinds);
    if (!w.kind || w.kind->posture != KindPosture::Gate || object.get() == &changed) continue;
    const auto covering = covering_reviews(world, w);
    if (covering.empty()) continue;
    const auto all = dependencies(world, w);
    if (std::none_of(all.begin(), all.end(), [&](const Dependency& d) { return d.object == &changed; })) continue;
    for (const Review* r : covering)
      if (std::find(out.begin(), out.end(), r) == out.end()) out.push_back(r);
  }
  std::sort(out.begin(), out.end(), [](const Review* a, const Review* b) {
    return std::pair{a->ns, a->name} < std::pair{b->ns, b->name};
  });
  return out;
}

}  // namespace launchgate
