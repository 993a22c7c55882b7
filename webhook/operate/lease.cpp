#include "operate/lease.h"

#include <pthread.h>

#include <algorithm>
#include <charconv>
#include <random>

#include "base/json_write.h"
#include "operate/micro_time.h"

namespace launchgate {
namespace {

using std::chrono::milliseconds;

const Resource kLeases{"coordination.k8s.io", "v1", "leases", "Lease", true};
constexpr milliseconds kLongest{120'000};  // no lease of another is honoured for longer than this

std::int64_t number(Node n) {
  std::int64_t value = 0;
  const auto text = n.text();
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

Election::Election(Api& api, LeaseOptions options, std::function<Steady()> steady,
                   std::function<std::chrono::system_clock::time_point()> date)
    : api_(api),
      options_(std::move(options)),
      steady_(steady ? std::move(steady) : [] { return std::chrono::steady_clock::now(); }),
      date_(date ? std::move(date) : [] { return std::chrono::system_clock::now(); }) {}

bool Election::leading() const { return steady_().time_since_epoch().count() < until_.load(); }

void Election::attempt() {
  problem_.clear();
  if (held_ && lease_ && renew()) return;
  read();
}

// Without reading first: what was written last is what stands there, or it is a conflict. True: this attempt is over.
bool Election::renew() {
  if (write(lease_->root(), false) || !moved_) return true;
  lease_.reset();
  return false;
}

void Election::read() {
  auto got = api_.get(kLeases, options_.ns, options_.name);
  if (!got && got.failure().not_found()) return create();
  if (!got) {
    problem_ = got.failure().message;
    return;  // whoever leads goes on until his time is over
  }
  observe(*got);
  if (taken()) return lost();
  lease_ = std::move(*got);
  if (!write(lease_->root(), holder_ != options_.identity)) lease_.reset();
}

void Election::create() {
  const Steady begun = steady_();
  const Doc none;
  auto made = api_.create(kLeases, options_.ns, body(none.root(), true, options_.identity));
  if (made) return won(std::move(*made), begun);
  lost();
  if (!made.failure().already_exists()) problem_ = made.failure().message;
}

void Election::observe(const Doc& lease) {
  const Node spec = lease.root()["spec"];
  std::string state;
  append_json(state, spec);
  holder_ = spec["holderIdentity"].text();
  if (state == seen_) return;
  seen_ = std::move(state);
  seen_at_ = steady_();
}

// By somebody else, whose time is not over yet.
bool Election::taken() const {
  if (holder_.empty() || holder_ == options_.identity) return false;
  const auto at = seen_.find("\"leaseDurationSeconds\":");
  std::int64_t declared = 0;
  if (at != std::string::npos) std::from_chars(&seen_[at + 23], seen_.data() + seen_.size(), declared);
  const auto lasts =
      std::max(options_.times.duration,
               std::min<milliseconds>(std::chrono::seconds{std::clamp<std::int64_t>(declared, 0, 3600)}, kLongest));
  return steady_() < seen_at_ + lasts;
}

bool Election::write(Node from, bool acquire) {
  const Steady begun = steady_();
  auto written = api_.update(kLeases, options_.ns, options_.name, body(from, acquire, options_.identity));
  if (written) {
    won(std::move(*written), begun);
    return true;
  }
  if (acquire) lost();
  moved_ = written.failure().conflict() || written.failure().not_found();
  if (!moved_) problem_ = written.failure().message;
  return false;
}

// The whole object, with what others have written into its metadata.
std::string Election::body(Node from, bool acquire, std::string_view holder) const {
  const auto now = micro_time(date_());
  const Node old = from["spec"], meta = from["metadata"];
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(options_.times.duration).count();
  Doc doc;
  DocBuilder b{doc};
  const auto text = [&](std::string_view key, std::string_view value) {
    b.key(key);
    b.string(value);
  };
  const auto integer = [&](std::string_view key, std::int64_t value) {
    b.key(key);
    b.scalar(Type::Number, std::to_string(value));
  };
  b.open(Type::Object);
  text("apiVersion", "coordination.k8s.io/v1");
  text("kind", "Lease");
  b.key("metadata");
  b.open(Type::Object);
  if (!meta) text("name", options_.name), text("namespace", options_.ns);
  for (Node member : meta)
    if (member.key() != "managedFields") b.key(member.key()), b.copy(member);
  (void)b.close();
  b.key("spec");
  b.open(Type::Object);
  if (!holder.empty()) text("holderIdentity", holder);  // absent: free; empty would be invalid
  integer("leaseDurationSeconds", holder.empty() ? 1 : seconds);
  text("acquireTime", acquire || !old["acquireTime"] ? now : std::string{old["acquireTime"].text()});
  text("renewTime", now);
  integer("leaseTransitions", number(old["leaseTransitions"]) + (acquire && old ? 1 : 0));
  (void)b.close();
  (void)b.close();
  std::string out;
  append_json(out, doc.root());
  return out;
}

void Election::won(Doc lease, Steady begun) {
  if (!held_) ++won_;
  observe(lease);
  lease_ = std::move(lease);
  held_ = true;
  until_ = (begun + options_.times.renew).time_since_epoch().count();
}

void Election::lost() {
  held_ = false;
  lease_.reset();
  until_ = 0;
}

void Election::release() {
  if (!leading() || !lease_) return lost();
  until_ = 0;
  (void)api_.update(kLeases, options_.ns, options_.name, body(lease_->root(), false, {}));
  lost();
}

Lease::Lease(Api& api, LeaseOptions options, std::function<void()> changed,
             std::function<void(const std::string&)> problem)
    : options_(std::move(options)),
      changed_(std::move(changed)),
      problem_(std::move(problem)),
      election_(api, options_) {}

Lease::~Lease() { stop(); }

void Lease::start() {
  thread_ = std::thread([this] { run(); });
  pthread_setname_np(thread_.native_handle(), "lease");
}

void Lease::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

// Candidates spread out, so that they do not all come at the moment when a lease runs out.
milliseconds Lease::pause() {
  thread_local std::minstd_rand random{std::random_device{}()};
  const auto retry = options_.times.retry;
  if (election_.leading()) return retry;
  return retry + milliseconds{std::uniform_int_distribution<milliseconds::rep>{0, retry.count()}(random)};
}

void Lease::run() {
  bool told = false;
  std::string problem;
  while (true) {
    election_.attempt();
    if (problem_ && election_.problem() != problem) problem_(problem = election_.problem());
    if (election_.leading() != told) {
      told = !told;
      changed_();
    }
    std::unique_lock lock(mutex_);
    if (wake_.wait_for(lock, pause(), [this] { return stopping_; })) break;
  }
  election_.release();
  changed_();
}

}  // namespace launchgate
