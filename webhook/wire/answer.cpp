#include "wire/answer.h"

#include <algorithm>
#include <utility>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/printable.h"
#include "gates/table.h"
#include "wire/text.h"

namespace launchgate {
namespace {

// What no judgement needs, and what makes most of an AdmissionReview's bytes.
KeyTest not_needed(std::string_view parent) {
  using Key = std::string_view;
  if (parent == "metadata") return [](Key key) { return key == "managedFields"; };
  if (parent == "annotations") return [](Key key) { return key == "kubectl.kubernetes.io/last-applied-configuration"; };
  if (parent == "object" || parent == "oldObject") return [](Key key) { return key == "status"; };
  if (parent == "userInfo") return [](Key key) { return key == "extra"; };
  if (parent != "request") return nullptr;
  return
      [](Key key) { return key == "options" || key == "resource" || key == "requestKind" || key == "requestResource"; };
}

// Where an object can't be read, what stands around it.
KeyTest not_in_the_envelope(std::string_view parent) {
  if (parent != "request") return not_needed(parent);
  return [](std::string_view key) { return key == "object" || key == "oldObject" || not_needed("request")(key); };
}

// A JSON object under construction.
class Json {
 public:
  explicit Json(std::string& out) : out_(out) { out_ += '{'; }
  void close() { out_ += '}'; }
  Json& key(std::string_view name) {
    if (out_.back() != '{') out_ += ',';
    append_json_string(out_, name);
    out_ += ':';
    return *this;
  }
  void text(std::string_view name, std::string_view value) {
    key(name);
    append_json_string(out_, value);
  }
  void text_if(std::string_view name, std::string_view value) {
    if (!value.empty()) text(name, value);
  }

 private:
  std::string& out_;
};

[[gnu::cold]] unsigned malformed(Exchange& x, std::string& out, std::string why) {
  x.malformed = true;
  x.error = printable(why);
  out.clear();
  Json body{out};
  body.text("error", x.error);
  body.close();
  return 400;
}

// Fills the exchange from the envelope; the text says what is wrong with it.
std::string open_envelope(Exchange& x) {
  const Node root = x.doc.root();
  if (root["kind"].text() != "AdmissionReview")
    return "not an AdmissionReview: kind is \"" + shown(root["kind"].text()) + "\", expected AdmissionReview";
  if (root["apiVersion"].text() != "admission.k8s.io/v1")
    return "apiVersion is \"" + shown(root["apiVersion"].text()) +
           "\": expected admission.k8s.io/v1; set admissionReviewVersions: [v1] in the webhook configuration";
  const Node request = root["request"];
  if (!request.is_object()) return "request is missing: expected an AdmissionRequest";
  x.uid = request["uid"].text();
  if (!request["uid"].is_string() || x.uid.empty()) return "request.uid is missing: expected a string to answer with";
  return {};
}

void read_change(Exchange& x) {
  const Node r = x.doc.root()["request"], kind = r["kind"], user = r["userInfo"];
  Change& c = x.change;
  const auto operation = r["operation"].text();
  auto groups = std::move(c.groups);  // its buffer
  groups.clear();
  c = Change{};
  c.groups = std::move(groups);
  c.operation = operation == "CREATE"   ? Operation::Create
                : operation == "UPDATE" ? Operation::Update
                                        : Operation::Other;
  c.group = kind["group"].text();
  c.kind = kind["kind"].text();
  c.subresource = r["subResource"].text();
  c.ns = r["namespace"].text();
  c.name = r["name"].text();
  c.user = user["username"].text();
  for (Node g : user["groups"]) c.groups.push_back(g.text());
  c.dry_run = r["dryRun"].is_true();
  c.after = r["object"];
  c.before = r["oldObject"];
}

// A gated kind whose object cannot be what it says it is; `unread`: why it could not be read. Empty: nothing wrong.
std::string malformed_object(const Snapshot& world, const Change& c, const std::string& unread) {
  if (c.operation == Operation::Other || !c.subresource.empty()) return {};
  const Kind* kind = world.kinds.find(c.group, c.kind);
  if (!kind || !kind->gated()) return {};
  if (!unread.empty()) return unread;
  if (!c.after.is_object())
    return "request.object is " + std::string{to_string(c.after.type())} + ": expected an object";
  const auto api_version = c.after["apiVersion"].text(), name = c.after["kind"].text();
  if (world.kinds.find(group_of(api_version), name) != kind)
    return "request.object is no " + std::string{c.kind} + ": its apiVersion and kind say \"" + shown(api_version) +
           " " + shown(name) + "\"";
  const auto missing = missing_template(*kind, c.after);
  return missing.empty() ? std::string{} : "request.object has no pod template at " + std::string{missing};
}

void open_response(std::string& out, std::string_view uid, bool allowed) {
  out.clear();
  out += "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"response\":{\"uid\":";
  append_json_string(out, uid);
  out += allowed ? ",\"allowed\":true" : ",\"allowed\":false";
}

void append_warnings(std::string& out, const std::vector<std::string>& warnings) {
  if (warnings.empty()) return;
  out += ",\"warnings\":[";
  for (const auto& w : warnings) {
    if (out.back() != '[') out += ',';
    append_json_string(out, w);
  }
  out += ']';
}

void append_status(std::string& out, unsigned code, std::string_view reason, std::string_view message) {
  out += ",\"status\":{\"metadata\":{},\"status\":\"Failure\",\"message\":";
  append_json_string(out, message);
  out += ",\"reason\":";
  append_json_string(out, reason);
  out += ",\"code\":" + std::to_string(code);
}

void append_details(std::string& out, const Verdict& v) {
  out += ",\"details\":";
  Json details{out};
  details.text("name", v.workload.name);
  details.text_if("group", v.workload.kind->group);
  details.text("kind", v.workload.kind->kind);
  details.key("causes");
  out += '[';
  for (const GateResult& r : v.gates) {
    if (!r.unmet() || r.action != Action::Deny) continue;
    if (out.back() != '[') out += ',';
    Json cause{out};
    cause.text("reason", gate_table()[r.gate].id);
    cause.text("message", printable(r.finding.message));
    cause.text("field", path_of(r));
    cause.close();
  }
  out += ']';
  details.close();
  out += '}';
}

void append_annotations(std::string& out, const Verdict& v) {
  out += ",\"auditAnnotations\":";
  Json a{out};
  a.text("decision", to_string(v.decision));
  if (v.workload.kind) a.text("mode", to_string(v.mode));
  if (v.judged() && v.review) a.text("tier", to_string(v.tiering.tier));
  if (v.review) a.text("review", v.review->name);
  a.text_if("failed-gates", failed_gates(v));
  a.text_if("waived-gates", waived_gates(v));
  a.text_if("digest", v.digest);
  a.text_if("note", v.note);
  a.close();
}

// The one place where a broken machine becomes an answer (DESIGN §3): not a denial, unless the platform says so.
[[gnu::cold]] void answer_error(const Snapshot& world, Exchange& x, std::string& out) {
  const PolicySet policies{world, x.change.ns, x.change.after["metadata"]["labels"]};
  const bool deny = policies.deny_on_error() && !policies.exempting(x.change.ns, x.change.user, x.change.groups);
  make_printable(x.error);
  const std::string what = "launchgate could not judge this: " + x.error;
  open_response(out, x.uid, !deny);
  if (deny) {
    append_status(out, 500, "InternalError", what + "; refused because onError is deny");
    out += '}';
  } else {
    append_warnings(out, {as_warning(what + "; allowed because onError is allow")});
  }
  out += ",\"auditAnnotations\":{\"decision\":\"error\"}}}";
}

void answer_verdict(const Exchange& x, std::string& out) {
  const Verdict& v = x.verdict;
  open_response(out, x.uid, v.allowed());
  if (!v.allowed()) {
    append_status(out, 403, "Forbidden", denial_text(v));
    append_details(out, v);
  }
  append_warnings(out, warning_texts(v));
  append_annotations(out, v);
  out += "}}";
}

// Reads the envelope and the change. 0, or the status with which the request was refused. An object that can't be read (too
// deep, a key twice) stands in an envelope that often can: then the answer carries its uid, and x.error says what is wrong.
unsigned open(std::string_view body, Exchange& x, std::string& out) {
  JsonOptions options;
  options.skip = not_needed;
  options.borrow = true;
  x.error.clear();
  x.malformed = false;
  x.uid = {};
  if (auto read = read_json_padded(body, x.doc, options); !read) {
    options.skip = not_in_the_envelope;
    if (!read_json_padded(body, x.doc, options)) return malformed(x, out, read.error().text());
    const Error& error = read.error();
    const auto object = error.field.substr(0, error.field.find_first_of(".[", sizeof "request"));
    x.error = object + ": " + error.message + ", at " + error.field.substr(0, 120);  // of a hundred levels the first do
  }
  if (auto wrong = open_envelope(x); !wrong.empty())
    return malformed(x, out, x.error.empty() ? std::move(wrong) : std::move(x.error));
  read_change(x);
  return 0;
}

}  // namespace

std::string_view missing_template(const Kind& kind, Node object) {
  if (!kind.built_in_api()) return {};
  Node first;
  for (auto path : kind.pod_templates) walk(object, path, [&](Node at) { first = first.doc() ? first : at; });
  return first["spec"].is_object() ? std::string_view{} : kind.pod_templates.front();
}

unsigned answer(std::string_view body, const Snapshot& world, TimePoint now, const AdmittedRevisions* memory,
                Exchange& x, std::string& out) {
  if (const unsigned refused = open(body, x, out)) return refused;
  x.error = malformed_object(world, x.change, x.error);
  if (x.error.empty()) {
    judge(world, x.change, now, memory, x.verdict);
    answer_verdict(x, out);
  } else {
    answer_error(world, x, out);
  }
  return 200;
}

unsigned answer_failure(std::string_view body, const Snapshot& world, std::string_view what, Exchange& x,
                        std::string& out) {
  if (const unsigned refused = open(body, x, out)) return refused;
  if (x.error.empty()) x.error = what;
  answer_error(world, x, out);
  return 200;
}

}  // namespace launchgate
