#include "serve/validate.h"

#include <algorithm>
#include <exception>
#include <optional>

#include "base/json_read.h"

namespace launchgate {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kLarge = 128u << 10;  // of a body: an ordinary one has a few KB

void refuse(http::Response& response, unsigned status, std::string_view why) {
  response.status = status;
  response.body.append(R"({"error":")").append(why).append("\"}");
}

struct Answered {
  unsigned status = 200;
  std::optional<NoVerdict> failure;
};

// Whoever does not get the verdict in time goes by its own failurePolicy, so an answer must come, and come now.
Answered answer_in_time(Room& room, const http::Request& request, const Snapshot& world, Exchange& exchange,
                        std::string& out) {
  const auto now = std::chrono::floor<Seconds>(std::chrono::system_clock::now());
  const auto failure = [&](NoVerdict why, std::string_view what) {
    out.clear();
    const unsigned status = answer_failure(request.body, world, what, exchange, out);
    return Answered{status, status == 200 ? why : NoVerdict::Malformed};
  };
  if (Clock::now() >= request.deadline)
    return failure(NoVerdict::Deadline, "the time limit had passed before it was its turn");
  try {
    const unsigned status = answer(request.body, world, now, &room.memory, exchange, out);
    if (exchange.malformed) return {status, NoVerdict::Malformed};
    if (!exchange.error.empty()) return {status, NoVerdict::Object};
    return {status, std::nullopt};
  } catch (const std::exception&) {  // not described: its text may hold what the request held
    return failure(NoVerdict::Internal, "an internal error");
  }
}

// What was admitted may come back: the next time it is a rollback.
void remember(Room& room, const Exchange& x) {
  const Verdict& v = x.verdict;
  if (!v.allowed() || x.change.dry_run || (v.step != Step::Judged && v.step != Step::Rollback)) return;
  room.memory.record(v.workload.kind_name, v.workload.ns, v.workload.name, v.digest);
}

// Worth another look past the cache: what was lacking, or still read so, may have been applied a moment ago.
bool may_be_news(const Room& room, const Answered& answered, const Exchange& x) {
  return room.look_up && room.options.look_up.count() > 0 && !answered.failure && answered.status == 200 &&
         !x.verdict.allowed();
}

// The answer, on the snapshot of the moment; before a denial on one that has looked again. The reading is given up
// meanwhile: a snapshot must be able to come.
std::optional<Answered> settle(Room& room, const http::Request& request, Exchange& exchange, std::string& out,
                               std::optional<Holder::Reading>& world) {
  world.emplace(room.world.read());
  if (!*world) return std::nullopt;
  const Answered first = answer_in_time(room, request, **world, exchange, out);
  if (!may_be_news(room, first, exchange)) return first;
  const auto before = room.world.current();  // kept, so that no other can come to stand at its place
  const bool same = &**world == before.get();
  world.reset();
  const auto until = std::min(Clock::now() + room.options.look_up, request.deadline - std::chrono::milliseconds{100});
  room.look_up(exchange.change, until);
  world.emplace(room.world.read());
  if (same && &**world == before.get()) return first;  // it would say the same again
  out.clear();
  return answer_in_time(room, request, **world, exchange, out);
}

struct AfterALargeRequest {
  const http::Request& request;
  std::optional<Exchange>& kept;
  ~AfterALargeRequest() {
    if (request.body.size() > kLarge) kept.reset();
  }
};

}  // namespace

static_assert(kJsonPadding <= 64, "http::Request promises 64 readable bytes behind the body");

bool is_json(std::string_view type) {
  constexpr std::string_view json = "application/json";
  if (type.size() < json.size()) return false;
  for (std::size_t i = 0; i < json.size(); ++i)
    if ((type[i] >= 'A' && type[i] <= 'Z' ? static_cast<char>(type[i] + 32) : type[i]) != json[i]) return false;
  type.remove_prefix(json.size());
  return type.empty() || type.front() == ';' || type.front() == ' ' || type.front() == '\t';
}

void validate(Room& room, const http::Request& request, http::Response& response) {
  const auto started = Clock::now();
  if (!is_json(request.content_type)) return refuse(response, 415, "Content-Type must be application/json");
  // Its buffers serve every request of this thread; those that a large one has made go with it.
  thread_local std::optional<Exchange> kept;
  Exchange& exchange = kept ? *kept : kept.emplace();
  const AfterALargeRequest forget{request, kept};
  std::optional<Holder::Reading> world;
  const auto answered = settle(room, request, exchange, response.body, world);
  if (!answered) {
    exchange.error = "reviews and policies have not been read yet";
    observe_failure(room, exchange, NoVerdict::NotSynced, Clock::now() - started);
    response.headers = "Retry-After: 1\r\n";
    return refuse(response, 503, "launchgate is loading: reviews and policies have not been read yet");
  }
  response.status = answered->status;
  const auto took = Clock::now() - started;
  if (answered->failure) return observe_failure(room, exchange, *answered->failure, took);
  remember(room, exchange);
  observe_verdict(room, exchange, took);
}

}  // namespace launchgate
