#include "operate/open_reports.h"

#include "operate/changes.h"
#include "wire/open_report.h"

namespace launchgate {
namespace {

const Resource kReports{"openreports.io", "v1alpha1", "reports", "Report", true};
constexpr std::chrono::minutes kAbsent{10};  // between two looks whether the kind has come

Target target_of(const WorldObject& o) { return {Target::Kind::Workload, o.ns, o.kind + "/" + o.name}; }

}  // namespace

void OpenReports::record(const WorldObject& object, const Verdict& verdict, Steady now) {
  if (!on_ || object.uid.empty()) return;
  const auto known = written_.find(id_of(object));
  const std::string found = known == written_.end() ? std::string{} : known->second;
  const std::string wanted = verdict.judged() ? open_report(object, verdict).digest : std::string{};
  if (wanted == found) writer_.settled(target_of(object));
  else writer_.want(target_of(object), found, wanted, now);
}

void OpenReports::clear() {
  written_.clear();
  writer_.clear();
}

void OpenReports::flush(Steady now, std::size_t most, const Judge& judge) {
  if (!on_ || now < not_before_) return;
  writer_.flush(now, most, [&](const Target& target) {
    Written outcome = Written::Gone;
    if (now < not_before_) return Written::Failed;
    judge(target, [&](const WorldObject& object, const Verdict& verdict) {
      outcome = verdict.judged() ? write(object, verdict, now) : withdraw(object);
    });
    return outcome;
  });
}

OpenReports::Steady OpenReports::next(Steady now) {
  const Steady first = writer_.next(now);
  return first == Steady::max() ? first : std::max(first, not_before_);
}

Written OpenReports::write(const WorldObject& object, const Verdict& verdict, Steady now) {
  const OpenReport report = open_report(object, verdict);
  std::string& known = written_[id_of(object)];
  const auto there = api_.get(kReports, object.ns, report.name);
  if (!there && !there.failure().not_found()) return failed(object, there.failure());
  if (there && there->root()["metadata"]["annotations"][kReportDigest].text() == report.digest) {
    known = report.digest;
    return Written::Same;
  }
  const auto done = api_.apply(kReports, object.ns, report.name, report.object, "");
  if (done) {
    known = report.digest;
    return Written::Done;
  }
  if (done.failure().conflict()) return Written::Conflict;
  if (!done.failure().not_found()) return failed(object, done.failure());
  // An apply creates what is missing: so it is the kind that the cluster does not have, or the namespace is going.
  if (now >= not_before_)
    log_.info("no OpenReports in this cluster", {{"retry_after_s", std::chrono::seconds{kAbsent}.count()}});
  not_before_ = now + kAbsent;
  return Written::Failed;
}

Written OpenReports::withdraw(const WorldObject& object) {
  const auto done = api_.remove(kReports, object.ns, open_report_name(object));
  if (!done && !done.failure().not_found()) return failed(object, done.failure());
  written_.erase(id_of(object));
  return Written::Done;
}

Written OpenReports::failed(const WorldObject& object, const kube::Failure& failure) {
  log_.warn("report not written",
            {{"kind", object.kind}, {"namespace", object.ns}, {"name", object.name}, {"error", failure.message}});
  return Written::Failed;
}

}  // namespace launchgate
