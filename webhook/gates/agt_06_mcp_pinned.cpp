// PRR-AGT-06 mcp-pinned
// Fields: spec.agent.mcpServers[].{name, image, digest, url, toolsDigest}; the images of the workload; of the policy,
// this gate's params.allowedUrls[]; variables (MCP_SERVER_URL …) and arguments (--mcp-config …) that name a server
// Allowed: no server, also in the pod template; else each server in the cluster by its image and digest, each remote
// one by its address and the digest of its tool list, and an address that the policy lists where it lists any (an entry
// that ends in * matches any rest).
// Strength: observed when every server is an image that the workload runs, else claimed.
#include "gates/facts.h"
#include "gates/finding.h"
#include "gates/params.h"

namespace launchgate {
namespace {

bool runs(const Workload& w, std::string_view image) {
  for (const PodView& pod : w.pods) {
    for (Node c : pod.containers)
      if (c["image"].text() == image) return true;
    for (Node c : pod.init_containers)
      if (c["image"].text() == image) return true;
  }
  return false;
}

bool listed_url(const Facts& f, std::string_view url) {
  const Node urls = param(f.params, Param::AllowedUrls);
  if (urls.size() == 0) return !unreadable_list(f.params, Param::AllowedUrls);
  for (Node entry : urls) {
    auto pattern = entry.text();
    const bool prefix = !pattern.empty() && pattern.back() == '*';
    if (prefix) pattern.remove_suffix(1);
    if (prefix ? url.substr(0, pattern.size()) == pattern : url == pattern) return true;
  }
  return false;
}

std::string instead(Node urls) {
  std::vector<std::string> out;
  for (Node u : urls) out.push_back(shown(u.text()));
  return out.empty() ? "have the policy's author make params.allowedUrls a list" : "use one of " + listed(out);
}

// A variable that says where servers are: MCP_SERVER_URL, ORDERS_MCP_URL, MCP_SERVERS. Not MCP_PORT, which a server has.
bool names_server(std::string_view variable) {
  if (variable.find("MCP") == std::string_view::npos) return false;
  for (std::string_view end : {"MCP_URL", "MCP_URLS", "MCP_ENDPOINT", "MCP_SERVER", "MCP_SERVERS", "MCP_SERVER_URL",
                               "MCP_SERVER_URLS", "MCP_SERVER_ENDPOINT", "MCP_CONFIG", "MCP_CONFIG_PATH"})
    if (variable == end || (variable.ends_with(end) && variable[variable.size() - end.size() - 1] == '_')) return true;
  return false;
}
bool names_server_flag(std::string_view argument) {
  const auto flag = argument.substr(0, argument.find('='));
  for (std::string_view known : {"--mcp-config", "--mcp-server", "--mcp-servers", "--mcp-server-url", "--mcp-url"})
    if (flag == known) return true;
  return false;
}

// Where the pod template speaks of a server, in words; empty = nowhere.
std::string used_by(const Workload& w) {
  std::string_view name;
  each_env(w, [&](const EnvVariable& v) {
    if (name.empty() && names_server(v.name)) name = v.name;
  });
  if (!name.empty()) return "env " + shown(name);
  for (const PodView& pod : w.pods)
    for (Node c : pod.containers)
      for (const char* words : {"command", "args"})
        for (Node word : c[words])
          if (names_server_flag(word.text()))
            return "argument " + shown(word.text().substr(0, word.text().find('='))) + " of " +
                   called("container", c["name"]);
  return {};
}

}  // namespace

Finding mcp_pinned(const Facts& f) {
  const Node servers = f.spec["agent"]["mcpServers"];
  if (servers.size() == 0) {
    const auto used = used_by(f.workload);
    return used.empty() ? not_applicable("no MCP server is listed")
                        : fail("McpServerNotListed", used + " names an MCP server, and the review lists none");
  }
  Offenders bad;
  bool all_run = true;
  for (Node s : servers) {
    const auto at = "spec." + path_to(f.spec, s), who = called("MCP server", s["name"]);
    const auto image = s["image"].text(), url = s["url"].text();
    const bool pinned = image.find("@sha256:") != std::string_view::npos || stated(s["digest"]);
    if (!image.empty() && !pinned) bad.add("McpServerNotPinned", who + " has an image without a digest", at + ".image");
    if (image.empty() && url.empty()) bad.add("McpServerNotPinned", who + " has neither image nor url", at);
    if (!url.empty() && !stated(s["toolsDigest"]))
      bad.add("McpToolsNotPinned", who + " is remote, and the digest of its tools is not stated", at + ".toolsDigest");
    if (!url.empty() && !listed_url(f, url))
      bad.add("McpServerNotAllowed", who + " is at " + shown(url) + ", which the policy does not allow", at + ".url",
              instead(param(f.params, Param::AllowedUrls)));
    all_run &= !image.empty() && runs(f.workload, image);
  }
  if (bad) return bad.finding();
  return pass(all_run ? Strength::Observed : Strength::Claimed);
}

}  // namespace launchgate
