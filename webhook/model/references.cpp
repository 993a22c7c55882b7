#include "model/references.h"

namespace launchgate {
namespace {

using Text = std::string_view;

constexpr Text v1[] = {"v1"};
constexpr Text v1alpha1[] = {"v1alpha1"};
constexpr Text v1beta1[] = {"v1beta1"};
constexpr Text v2[] = {"v2"};
constexpr Text v1_beta[] = {"v1", "v1beta1"};
constexpr Text beta_alpha[] = {"v1beta1", "v1alpha1"};

constexpr Text rbac = "rbac.authorization.k8s.io", istio = "security.istio.io";
constexpr Text gateway = "gateway.networking.k8s.io", monitoring = "monitoring.coreos.com", otel = "opentelemetry.io";

// clang-format off
constexpr ReferenceKind rows[] = {
    // Evaluation reports, prompts, thresholds.
    {"", v1, "ConfigMap", "configmaps", true},
    // Telemetry.
    {monitoring, v1, "PrometheusRule", "prometheusrules", true},
    {monitoring, v1, "ServiceMonitor", "servicemonitors", true},
    {monitoring, v1, "PodMonitor", "podmonitors", true},
    {"grafana.integreatly.org", v1beta1, "GrafanaDashboard", "grafanadashboards", true},
    {otel, v1alpha1, "Instrumentation", "instrumentations", true},
    {otel, beta_alpha, "OpenTelemetryCollector", "opentelemetrycollectors", true},
    // Exposure and the way back.
    {"core.openfeature.dev", v1beta1, "FeatureFlag", "featureflags", true},
    {gateway, v1_beta, "HTTPRoute", "httproutes", true},
    {gateway, v1, "GRPCRoute", "grpcroutes", true},
    {gateway, v1_beta, "Gateway", "gateways", true},
    {"networking.k8s.io", v1, "Ingress", "ingresses", true},
    {"", v1, "Service", "services", true},
    {"argoproj.io", v1alpha1, "Rollout", "rollouts", true},
    {"argoproj.io", v1alpha1, "AnalysisTemplate", "analysistemplates", true},
    {"flagger.app", v1beta1, "Canary", "canaries", true},
    {"serving.kserve.io", v1beta1, "InferenceService", "inferenceservices", true},
    // Quotas and limits.
    {"gateway.envoyproxy.io", v1alpha1, "BackendTrafficPolicy", "backendtrafficpolicies", true},
    {"kuadrant.io", v1alpha1, "TokenRateLimitPolicy", "tokenratelimitpolicies", true},
    {"aigateway.envoyproxy.io", v1alpha1, "QuotaPolicy", "quotapolicies", true},
    {"", v1, "ResourceQuota", "resourcequotas", true},
    // Confinement.
    {"networking.k8s.io", v1, "NetworkPolicy", "networkpolicies", true},
    {"cilium.io", v2, "CiliumNetworkPolicy", "ciliumnetworkpolicies", true},
    {"node.k8s.io", v1, "RuntimeClass", "runtimeclasses", false},
    // Identity: what an agent's account may do, and who is let in to it.
    {"", v1, "ServiceAccount", "serviceaccounts", true},
    {rbac, v1, "Role", "roles", true},
    {rbac, v1, "RoleBinding", "rolebindings", true},
    {rbac, v1, "ClusterRole", "clusterroles", false},
    {rbac, v1, "ClusterRoleBinding", "clusterrolebindings", false},
    {istio, v1_beta, "PeerAuthentication", "peerauthentications", true},
    {istio, v1_beta, "AuthorizationPolicy", "authorizationpolicies", true},
};
// clang-format on

}  // namespace

std::span<const ReferenceKind> reference_kinds() { return rows; }

bool is_reference_kind(std::string_view kind) {
  for (const ReferenceKind& row : rows)
    if (row.kind == kind) return true;
  return false;
}

}  // namespace launchgate
