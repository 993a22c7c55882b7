#include "cli/input.h"

#include <chrono>
#include <cstdio>
#include <set>

#include "cli/complain.h"
#include "edge/files/directory.h"

namespace launchgate {
namespace {

std::string identity(const SourceObject& o) {
  const Node root = o.object->root();
  std::string id;
  for (auto part : {root["apiVersion"].text(), root["kind"].text(), root["metadata"]["namespace"].text(),
                    root["metadata"]["name"].text()})
    id.append(part).append("\n");
  return id;
}

void put_into(const std::string& ns, SourceObject& o) {
  const Node root = o.object->root(), meta = root["metadata"];
  const auto kind = root["kind"].text();
  if (!meta.is_object() || meta["namespace"] || kind == "Namespace" || kind == "ReadinessPolicy") return;
  auto doc = std::make_shared<Doc>();
  DocBuilder build{*doc};
  build.line(root.line());
  build.open(Type::Object);
  for (Node member : root) {
    build.key(member.key());
    if (member.key() != "metadata") {
      build.copy(member);
      continue;
    }
    build.line(meta.line());
    build.open(Type::Object);
    build.key("namespace");
    build.string(ns);
    for (Node field : meta) {
      if (field.key() == "namespace") continue;
      build.key(field.key());
      build.copy(field);
    }
    (void)build.close();  // keys were distinct in the source
  }
  (void)build.close();
  o.object = std::move(doc);
}

}  // namespace

Objects read_objects(const std::vector<std::string>& roots) {
  static std::set<std::string> said;  // the same file may be named twice, such as by -f and by --from
  Load load = Directory{roots}.load();
  for (const SourceObject& o : load.objects)
    for (const Error& e : o.unknown_fields)
      if (auto text = e.text(); said.insert(text).second) warn(text);
  return {std::move(load.objects), complain(load.problems)};
}

std::unique_ptr<Input> read_input(const std::vector<std::string>& paths, const std::vector<std::string>& from,
                                  const std::string& ns) {
  auto input = std::make_unique<Input>();
  auto own = read_objects(paths), rest = read_objects(from);
  if (!ns.empty())
    for (auto* objects : {&own.objects, &rest.objects})
      for (SourceObject& o : *objects) put_into(ns, o);
  std::set<std::string> ids;
  for (const SourceObject& o : own.objects) ids.insert(identity(o));
  input->manifests = own.objects;
  for (SourceObject& o : rest.objects)
    if (!ids.count(identity(o))) own.objects.push_back(std::move(o));
  input->all = std::move(own.objects);
  World world = assemble(input->all);
  if (complain(world.problems) || own.bad || rest.bad) return nullptr;
  input->world = build_snapshot(std::move(world));
  return input;
}

std::optional<TimePoint> date_of(const std::string& now) {
  if (now.empty()) return std::chrono::floor<Seconds>(std::chrono::system_clock::now());
  const auto time = parse_time(now);
  if (!time) (void)complain("--now is \"" + now + "\": expected RFC 3339, such as 2026-11-24T12:00:00Z");
  return time;
}

}  // namespace launchgate
