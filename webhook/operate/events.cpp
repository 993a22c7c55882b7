#include "operate/events.h"

#include <algorithm>

#include "base/json_write.h"
#include "base/secretlike.h"
#include "operate/micro_time.h"
#include "wire/conditions.h"

namespace launchgate {
namespace {

const Resource kEvents{"events.k8s.io", "v1", "events", "Event", true};
constexpr std::size_t kNote = 1024, kName = 200, kInstance = 128;  // bytes; the API server's bounds
constexpr const char* kController = "launchgate.dev/operator";

std::string hex(std::uint64_t h) {
  std::string out;
  for (int shift = 60; shift >= 0; shift -= 4) out += "0123456789abcdef"[(h >> shift) & 15];
  return out;
}

void field(std::string& out, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  if (out.back() != '{') out += ',';
  append_json_string(out, key);
  out += ':';
  append_json_string(out, value);
}

// A word that looks like a credential has no business in an Event, whoever wrote it into an object.
std::string_view safe(std::string_view note) {
  return secret_kind(note).empty() ? note : "withheld: it holds something that looks like a credential";
}

std::string event_json(const Happening& h, std::string_view name, std::string_view instance, std::string_view time) {
  std::string out = "{";
  field(out, "apiVersion", "events.k8s.io/v1");
  field(out, "kind", "Event");
  out += ",\"metadata\":{";
  field(out, "name", name);
  field(out, "namespace", h.ns.empty() ? "default" : h.ns);
  out += '}';
  field(out, "eventTime", time);
  field(out, "type", "Warning");
  field(out, "reason", h.reason);
  field(out, "action", h.action);
  field(out, "note", clipped(safe(h.note), kNote));
  field(out, "reportingController", kController);
  field(out, "reportingInstance", clipped(instance, kInstance));
  out += ",\"regarding\":{";
  field(out, "apiVersion", h.api_version);
  field(out, "kind", h.kind);
  field(out, "namespace", h.ns);
  field(out, "name", h.name);
  field(out, "uid", h.uid);
  return out += "}}";
}

}  // namespace

Events::Events(Api& api, std::string instance, EventLimits limits)
    : api_(api), instance_(std::move(instance)), limits_(limits), bucket_(limits.per_second, limits.burst) {}

bool Events::object_allows(const std::string& uid, Steady now) {
  if (objects_.size() >= limits_.remembered) {  // those that have not been heard of for long have full buckets
    const Steady old = now - limits_.object_refill * static_cast<int>(limits_.object_burst);
    std::erase_if(objects_, [&](const auto& o) { return o.second.last() < old; });
    if (objects_.size() >= limits_.remembered) return false;
  }
  const double rate = 1.0 / static_cast<double>(limits_.object_refill.count());
  return objects_.try_emplace(uid, rate, limits_.object_burst).first->second.take(now);
}

void Events::tell(const Happening& h, Steady now, Date date) {
  const std::string place = h.uid.empty() ? h.kind + "/" + h.ns + "/" + h.name : h.uid;
  const std::string key = place + "\n" + h.reason + "\n" + h.note;
  if (const auto known = by_key_.find(key); known != by_key_.end()) {
    told_.splice(told_.begin(), told_, known->second);
    Told& told = *known->second;
    ++told.count;
    told.last_seen = micro_time(date);
    ++counters_.repeated;
    if (!told.queued && queue_.size() < limits_.queue) {
      told.queued = true;
      queue_.push_back(key);
    }
    return;
  }
  if (queue_.size() >= limits_.queue || !object_allows(place, now)) {
    ++counters_.dropped;
    return;
  }
  Told told;
  told.key = key;
  told.ns = h.ns.empty() ? "default" : h.ns;
  told.name = std::string{clipped(h.name, kName)} + "." + hex(hash_of(place, h.reason, h.note));
  told.last_seen = micro_time(date);
  told.body = event_json(h, told.name, instance_, told.last_seen);
  told.queued = true;
  told_.push_front(std::move(told));
  by_key_[key] = told_.begin();
  queue_.push_back(key);
  if (told_.size() <= limits_.remembered) return;
  by_key_.erase(told_.back().key);
  told_.pop_back();
}

void Events::create(Told& told) {
  const auto made = api_.create(kEvents, told.ns, told.body);
  if (!made && !made.failure().already_exists()) {  // it is not worth a second try: the condition says it, too
    ++counters_.failed;
    return;
  }
  told.created = true;
  if (made) ++counters_.sent;
  else ++counters_.repeated;  // this replica before its restart has said it, or the leader before
  told.body.clear();
  told.body.shrink_to_fit();
}

void Events::send(Told& told, Steady now) {
  told.queued = false;
  told.written = now;
  if (!told.created) return create(told);
  const std::string patch =
      R"({"series":{"count":)" + std::to_string(told.count) + R"(,"lastObservedTime":")" + told.last_seen + "\"}}";
  const auto done = api_.merge_patch(kEvents, told.ns, told.name, patch);
  if (done) ++counters_.sent;
  else ++counters_.failed;
  if (done || !done.failure().not_found()) return;
  // Events live an hour: the next time begins anew.
  const auto at = by_key_.find(told.key);
  told_.erase(at->second);
  by_key_.erase(at);
}

void Events::flush(Steady now, std::size_t most) {
  for (std::size_t left = queue_.size(); left > 0 && most > 0; --left) {
    const std::string key = std::move(queue_.front());
    queue_.pop_front();
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) continue;
    Told& told = *found->second;
    if (told.created && now < told.written + limits_.series) {  // not yet: to the end
      queue_.push_back(key);
    } else if (!bucket_.take(now)) {
      queue_.push_front(key);
      return;
    } else {
      --most;
      send(told, now);
    }
  }
}

Events::Steady Events::next(Steady now) {
  Steady first = Steady::max();
  for (const std::string& key : queue_) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) continue;
    const Told& told = *found->second;
    first = std::min(first, told.created ? told.written + limits_.series : now);
    if (first <= now) break;
  }
  return first == Steady::max() ? first : std::max(first, bucket_.ready(now));
}

void Events::forget() {
  told_.clear();
  by_key_.clear();
  queue_.clear();
}

}  // namespace launchgate
