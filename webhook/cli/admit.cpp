// launchgate admit: an AdmissionReview in, an AdmissionReview out.
#include <cstdio>

#include "base/json_read.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/input.h"
#include "edge/files/read.h"
#include "wire/answer.h"

namespace launchgate {
namespace {

struct Options {
  std::vector<std::string> from;
  std::string now, file;
};

int admit(const Options& o) {
  const auto now = date_of(o.now);
  const auto input = now ? read_input({}, o.from) : nullptr;
  if (!input) return 2;
  auto bytes = read_file(o.file, ReadLimits{}.max_bytes);
  if (!bytes) return complain(bytes.error());
  bytes->reserve(bytes->size() + kJsonPadding);
  Exchange exchange;
  std::string out;
  const auto status = answer(*bytes, *input->world, *now, nullptr, exchange, out);
  if (!exchange.error.empty()) (void)complain(o.file + ": " + exchange.error);
  if (status != 200) return 2;
  std::printf("%s\n", out.c_str());
  const bool allowed = out.find("\"allowed\":true") != std::string::npos;
  return allowed ? 0 : 1;
}

}  // namespace

void add_admit(CLI::App& app, int& code) {
  auto options = std::make_shared<Options>();
  auto* cmd =
      app.add_subcommand("admit", "Answer one AdmissionReview from a directory of reviews, as the webhook would");
  cmd->add_option("--from", options->from,
                  "Directory of reviews, profiles, policies and the objects that they refer to")
      ->required()
      ->type_name("DIR");
  cmd->add_option("--now", options->now, "Judge as of this date (RFC 3339) instead of now")->type_name("TIME");
  cmd->add_option("FILE", options->file, "The AdmissionReview, or - for standard input")->required()->type_name("");
  cmd->callback([options, &code] { code = admit(*options); });
}

}  // namespace launchgate
