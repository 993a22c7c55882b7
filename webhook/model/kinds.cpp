#include "model/kinds.h"

namespace launchgate {
namespace {

using Text = std::string_view;

constexpr Text v1[] = {"v1"};
constexpr Text batch_versions[] = {"v1", "v1beta1"};
constexpr Text pod_template[] = {"spec.template"};
constexpr Text job_template[] = {"spec.jobTemplate.spec.template"};
constexpr Text itself[] = {""};
// A Pod has no template: of its fields only these change what runs (an update may touch images only).
constexpr Text pod_rollout[] = {"spec.containers", "spec.initContainers"};

// https://kubernetes.io/docs/concepts/workloads/ . A Job's template is immutable, so its creation is its rollout.
// clang-format off
constexpr Kind rows[] = {
    {"apps", "Deployment", "deployments", v1, pod_template, pod_template, false, true},
    {"apps", "StatefulSet", "statefulsets", v1, pod_template, pod_template, false, true},
    {"apps", "DaemonSet", "daemonsets", v1, pod_template, pod_template, false, true},
    {"apps", "ReplicaSet", "replicasets", v1, pod_template, pod_template, false, false},
    {"batch", "Job", "jobs", v1, pod_template, pod_template, false, false},
    {"batch", "CronJob", "cronjobs", batch_versions, job_template, job_template, false, false},
    {"", "Pod", "pods", v1, itself, pod_rollout, false, false},
    // clang-format on
};

}  // namespace

std::span<const Kind> kinds_table() { return rows; }

const Kind* find_kind(std::string_view group, std::string_view kind) {
  for (const Kind& row : rows)
    if (row.kind == kind && row.group == group) return &row;
  return nullptr;
}

std::string_view group_of(std::string_view api_version) {
  const auto slash = api_version.find('/');
  return slash == std::string_view::npos ? std::string_view{} : api_version.substr(0, slash);
}

}  // namespace launchgate
