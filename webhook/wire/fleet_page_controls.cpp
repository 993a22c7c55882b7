// The end of the page: the controls of public frameworks that gates support, and what the words mean.
#include "gates/table.h"
#include "wire/fleet_page.h"

namespace launchgate::fleet_page {
namespace {

void control(Html& out, const FleetControl& c) {
  out << "<tr><th scope=\"row\">" << c.id;
  if (!c.title.empty()) out << " <span class=\"muted\">" << c.title << "</span>";
  if (c.from) out << "<br><span class=\"muted\">from " << format_date(*c.from) << "</span>";
  out << "</th><td>";
  for (const std::size_t gate : c.gates) {
    if (gate != c.gates.front()) out << ", ";
    out << gate_table()[gate].id;
  }
  if (c.gates.empty()) out << "no gate";
  out << "</td><td>";
  if (!c.asked) out << "not asked";
  else out << std::to_string(c.met) << " of " << std::to_string(c.asked);
  if (!c.open.empty()) out << "<br>open in ";
  for (const std::string& open : c.open) {
    if (&open != &c.open.front()) out << ", ";
    out << open;
  }
  out << "</td></tr>\n";
}

void term(Html& out, const char* word, const char* meaning) {
  out << "<dt>" << std::string_view{word} << "</dt><dd>" << std::string_view{meaning} << "</dd>\n";
}

}  // namespace

void controls(Html& out, const FleetReport& report) {
  out << "<section aria-labelledby=\"controls\">\n<h2 id=\"controls\">Controls that these gates support</h2>\n<p>A "
         "gate "
         "that is met is evidence towards a control. It is never proof that anything complies with it. A waived gate "
         "supports nothing.</p>\n";
  for (const FleetCrosswalk& c : report.crosswalks) {
    out << "<details>\n<summary>" << c.title << " (" << counted(c.controls.size(), "control", "controls")
        << ")</summary>\n<table>\n<caption>" << c.title
        << "</caption>\n<thead><tr><th scope=\"col\">Control</th><th scope=\"col\">Supported by</th><th "
           "scope=\"col\">Reviews that meet all they are asked</th></tr></thead>\n<tbody>\n";
    for (const FleetControl& one : c.controls) control(out, one);
    out << "</tbody>\n</table>\n</details>\n";
  }
  out << "</section>\n";
}

void legend(Html& out) {
  out << "<section aria-labelledby=\"legend\">\n<h2 id=\"legend\">How to read this</h2>\n<h3>A new rollout</h3>\n<dl "
         "class=\"facts\">\n";
  term(out, "refused", "a gate that blocks is not met. What runs goes on running, and a rollback is let in.");
  term(out, "warned", "gates are not met, and none of them blocks.");
  term(out, "recorded", "gates are not met, and the policy only records them.");
  term(out, "paused", "spec.suspend is true: no new rollout until it is lifted.");
  term(out, "not asked", "a policy exempts the namespace.");
  out << "</dl>\n<h3>A gate</h3>\n<dl class=\"facts\">\n";
  term(out, "blocks, warns, recorded", "it is not met, and that is what comes of it.");
  term(out, "waived", "it is not met, and somebody answers for that until a date. It never counts as met.");
  term(out, "look", "it is met, with something that a person should look at.");
  term(out, "waits", "nothing runs yet that it could look at.");
  out << "</dl>\n<h3>Strength of the evidence</h3>\n<dl class=\"facts\">\n";
  term(out, "claimed", "a value that somebody wrote.");
  term(out, "linked", "what it refers to is there.");
  term(out, "observed", "what it refers to says the same.");
  term(out, "measured", "a number of a report or a live system meets its threshold, and is fresh.");
  term(out, "attested", "signed with a key that the policy trusts, for what runs.");
  out << "</dl>\n</section>\n";
}

}  // namespace launchgate::fleet_page
