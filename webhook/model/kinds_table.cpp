// The kinds table. Read it top down: what launchgate looks at, and where in it. What a field means stands in kinds.h;
// what the table says in words stands in docs/kinds.md, which is made from it.
//
// Adding a kind: its row here, and its folder in tests/fixtures/kinds. A test names what was forgotten.
//
// How a row is written: rollout paths are wide (a whole spec where that is possible), and what is no rollout is ignored
// by name, so that a field of a newer version counts as a rollout until somebody has looked at it. Traffic weights are
// no rollout: what they shift to was judged when it came, and shifting back must never be forbidden. Shared starts of
// paths are written out: a row is read alone.
#include "model/kinds.h"

namespace launchgate {
namespace {

// clang-format off
constexpr Kind rows[] = {
    // ---- Kubernetes: https://kubernetes.io/docs/concepts/workloads/ . A Job's template is immutable, so its creation is
    // its rollout. A Pod has no template: of its fields only these change what runs (an update may touch images only).
    {.group = "apps", .kind = "Deployment", .plural = "deployments", .versions = "v1", .reversible = true,
     .pod_templates = "spec.template", .rollout = "spec.template", .creates = "ReplicaSet.apps"},
    {.group = "apps", .kind = "StatefulSet", .plural = "statefulsets", .versions = "v1", .reversible = true,
     .pod_templates = "spec.template", .rollout = "spec.template", .creates = "Pod"},
    {.group = "apps", .kind = "DaemonSet", .plural = "daemonsets", .versions = "v1", .reversible = true,
     .pod_templates = "spec.template", .rollout = "spec.template", .creates = "Pod"},
    {.group = "apps", .kind = "ReplicaSet", .plural = "replicasets", .versions = "v1",
     .pod_templates = "spec.template", .rollout = "spec.template", .creates = "Pod"},
    {.group = "batch", .kind = "Job", .plural = "jobs", .versions = "v1",
     .pod_templates = "spec.template", .rollout = "spec.template", .creates = "Pod"},
    {.group = "batch", .kind = "CronJob", .plural = "cronjobs", .versions = "v1 v1beta1",
     .pod_templates = "spec.jobTemplate.spec.template", .rollout = "spec.jobTemplate.spec.template", .creates = "Job.batch"},
    // A leader of a LeaderWorkerSet owns the StatefulSet of its workers, and a driver its executors.
    {.group = "", .kind = "Pod", .plural = "pods", .versions = "v1",
     .pod_templates = ".", .rollout = "spec.containers spec.initContainers", .creates = "Pod StatefulSet.apps"},

    // ---- Argo Rollouts: manifests/crds/rollout-crd.yaml. With workloadRef the template stands in the Deployment.
    {.group = "argoproj.io", .kind = "Rollout", .plural = "rollouts", .versions = "v1alpha1", .reversible = true,
     .pod_templates = "spec.template", .rollout = "spec.template spec.workloadRef", .ignored = "spec.workloadRef.scaleDown",
     .creates = "ReplicaSet.apps", .instance_of = "spec.workloadRef.name>Deployment.apps"},

    // ---- KServe: config/crd/full. A predictor is a PodSpec with the model's server beside its containers, under `model` or
    // under the name of a framework. The ServingRuntime that it names supplies the image.
    {.group = "serving.kserve.io", .kind = "InferenceService", .plural = "inferenceservices", .versions = "v1beta1",
     .llm_if = "spec.predictor.model.modelFormat.name=huggingface|vllm spec.predictor.huggingface "
               "spec.predictor.model.runtime~huggingface|vllm|sglang|text-generation "
               "spec.canary[].predictor.model.modelFormat.name=huggingface|vllm",
     .pod_templates = "spec.predictor spec.predictor.workerSpec spec.transformer spec.explainer "
                      "spec.canary[].predictor spec.canary[].predictor.workerSpec",
     .images = "spec.predictor{*}.image spec.canary[].predictor{*}.image",
     .models = "spec.predictor{*}.storageUri spec.predictor{*}.storage.path spec.canary[].predictor{*}.storageUri",
     .arguments = "spec.predictor{*}.command spec.predictor{*}.args spec.canary[].predictor{*}.command "
                  "spec.canary[].predictor{*}.args",
     .environment = "spec.predictor{*}.env spec.canary[].predictor{*}.env",
     .rollout = "spec.predictor spec.transformer spec.explainer spec.canary",
     .ignored = "spec.predictor.minReplicas spec.predictor.maxReplicas spec.predictor.scaleTarget spec.predictor.scaleMetric "
                "spec.predictor.scaleMetricType spec.predictor.autoScaling spec.predictor.canaryTrafficPercent "
                "spec.transformer.minReplicas spec.transformer.maxReplicas spec.transformer.scaleTarget "
                "spec.transformer.scaleMetric spec.transformer.scaleMetricType spec.transformer.autoScaling "
                "spec.transformer.canaryTrafficPercent "
                "spec.explainer.minReplicas spec.explainer.maxReplicas spec.explainer.scaleTarget "
                "spec.explainer.scaleMetric spec.explainer.scaleMetricType spec.explainer.autoScaling "
                "spec.explainer.canaryTrafficPercent spec.canary[].trafficPercent "
                "spec.canary[].predictor.minReplicas spec.canary[].predictor.maxReplicas "
                "spec.canary[].predictor.scaleTarget spec.canary[].predictor.scaleMetric "
                "spec.canary[].predictor.scaleMetricType spec.canary[].predictor.autoScaling",
     .creates = "Deployment.apps Service.serving.knative.dev",
     .depends_on = "spec.predictor.model.runtime>ServingRuntime.serving.kserve.io "
                   "spec.predictor.model.runtime>ClusterServingRuntime.serving.kserve.io"},
    {.group = "serving.kserve.io", .kind = "ServingRuntime", .plural = "servingruntimes", .versions = "v1alpha1",
     .posture = KindPosture::Audit, .pod_templates = "spec spec.workerSpec", .rollout = "spec", .ignored = "spec.replicas"},
    {.group = "serving.kserve.io", .kind = "ClusterServingRuntime", .plural = "clusterservingruntimes",
     .versions = "v1alpha1", .posture = KindPosture::Audit, .namespaced = false,
     .pod_templates = "spec spec.workerSpec", .rollout = "spec", .ignored = "spec.replicas"},
    {.group = "serving.kserve.io", .kind = "LLMInferenceService", .plural = "llminferenceservices",
     .versions = "v1alpha2 v1alpha1", .llm_only = true,
     .pod_templates = "spec.template spec.worker spec.prefill.template spec.prefill.worker spec.router.scheduler.template "
                      "spec.router.scheduler.tokenizer.template",
     .models = "spec.model.uri spec.model.name spec.model.lora.adapters[].uri spec.model.lora.adapters[].name",
     .rollout = "spec",
     .ignored = "spec.replicas spec.scaling spec.prefill.replicas spec.prefill.scaling spec.router.scheduler.replicas "
                "spec.router.route.weight spec.model.criticality",
     .creates = "Deployment.apps LeaderWorkerSet.leaderworkerset.x-k8s.io InferencePool.inference.networking.k8s.io",
     .depends_on = "spec.baseRefs[].name>LLMInferenceServiceConfig.serving.kserve.io"},
    {.group = "serving.kserve.io", .kind = "LLMInferenceServiceConfig", .plural = "llminferenceserviceconfigs",
     .versions = "v1alpha2 v1alpha1", .posture = KindPosture::Audit, .llm_only = true,
     .pod_templates = "spec.template spec.worker spec.prefill.template spec.prefill.worker spec.router.scheduler.template "
                      "spec.router.scheduler.tokenizer.template",
     .models = "spec.model.uri spec.model.name spec.model.lora.adapters[].uri spec.model.lora.adapters[].name",
     .rollout = "spec",
     .ignored = "spec.replicas spec.scaling spec.prefill.replicas spec.prefill.scaling spec.router.scheduler.replicas "
                "spec.router.route.weight spec.model.criticality",
     .depends_on = "spec.baseRefs[].name>LLMInferenceServiceConfig.serving.kserve.io"},

    // ---- Ray: kuberay-operator/crds. serveConfigV2 is the application as a YAML text, redeployed in place.
    {.group = "ray.io", .kind = "RayService", .plural = "rayservices", .versions = "v1 v1alpha1",
     .pod_templates = "spec.rayClusterConfig.headGroupSpec.template spec.rayClusterConfig.workerGroupSpecs[].template",
     .arguments = "spec.serveConfigV2", .rollout = "spec.rayClusterConfig spec.serveConfigV2",
     .ignored = "spec.rayClusterConfig.suspend spec.rayClusterConfig.workerGroupSpecs[].replicas "
                "spec.rayClusterConfig.workerGroupSpecs[].minReplicas spec.rayClusterConfig.workerGroupSpecs[].maxReplicas "
                "spec.rayClusterConfig.workerGroupSpecs[].scaleStrategy spec.rayClusterConfig.workerGroupSpecs[].suspend",
     .creates = "RayCluster.ray.io"},
    {.group = "ray.io", .kind = "RayCluster", .plural = "rayclusters", .versions = "v1 v1alpha1",
     .pod_templates = "spec.headGroupSpec.template spec.workerGroupSpecs[].template", .rollout = "spec",
     .ignored = "spec.suspend spec.workerGroupSpecs[].replicas spec.workerGroupSpecs[].minReplicas "
                "spec.workerGroupSpecs[].maxReplicas spec.workerGroupSpecs[].scaleStrategy spec.workerGroupSpecs[].suspend",
     .creates = "Pod"},
    {.group = "ray.io", .kind = "RayJob", .plural = "rayjobs", .versions = "v1 v1alpha1",
     .pod_templates = "spec.rayClusterSpec.headGroupSpec.template spec.rayClusterSpec.workerGroupSpecs[].template "
                      "spec.submitterPodTemplate",
     .arguments = "spec.entrypoint spec.runtimeEnvYAML",
     .rollout = "spec.rayClusterSpec spec.entrypoint spec.runtimeEnvYAML spec.submitterPodTemplate",
     .ignored = "spec.rayClusterSpec.workerGroupSpecs[].replicas spec.rayClusterSpec.workerGroupSpecs[].minReplicas "
                "spec.rayClusterSpec.workerGroupSpecs[].maxReplicas spec.rayClusterSpec.workerGroupSpecs[].scaleStrategy "
                "spec.rayClusterSpec.workerGroupSpecs[].suspend",
     .creates = "RayCluster.ray.io Job.batch"},

    // ---- Knative Serving: Service -> Configuration -> Revision -> Deployment.
    {.group = "serving.knative.dev", .kind = "Service", .plural = "services", .versions = "v1", .reversible = true,
     .pod_templates = "spec.template", .rollout = "spec.template", .creates = "Configuration.serving.knative.dev"},
    {.group = "serving.knative.dev", .kind = "Configuration", .plural = "configurations", .versions = "v1",
     .pod_templates = "spec.template", .rollout = "spec.template", .creates = "Revision.serving.knative.dev"},
    {.group = "serving.knative.dev", .kind = "Revision", .plural = "revisions", .versions = "v1",
     .pod_templates = "spec", .rollout = "spec", .creates = "Deployment.apps"},

    // ---- LeaderWorkerSet: a revision is leaderWorkerTemplate and networkConfig. JobSet.
    {.group = "leaderworkerset.x-k8s.io", .kind = "LeaderWorkerSet", .plural = "leaderworkersets", .versions = "v1",
     .reversible = true,
     .pod_templates = "spec.leaderWorkerTemplate.leaderTemplate spec.leaderWorkerTemplate.workerTemplate",
     .rollout = "spec.leaderWorkerTemplate spec.networkConfig", .creates = "StatefulSet.apps Pod"},
    {.group = "jobset.x-k8s.io", .kind = "JobSet", .plural = "jobsets", .versions = "v1alpha2",
     .pod_templates = "spec.replicatedJobs[].template.spec.template", .rollout = "spec.replicatedJobs",
     .ignored = "spec.replicatedJobs[].replicas", .creates = "Job.batch"},

    // ---- NVIDIA NIM operator: no PodSpec. With inferencePlatform: kserve it makes an InferenceService.
    {.group = "apps.nvidia.com", .kind = "NIMService", .plural = "nimservices", .versions = "v1alpha1", .llm_only = true,
     .images = "spec.image spec.initContainers[].image spec.sidecarContainers[].image", .arguments = "spec.command spec.args",
     .environment = "spec.env", .rollout = "spec", .ignored = "spec.replicas spec.scale spec.expose",
     .creates = "Deployment.apps LeaderWorkerSet.leaderworkerset.x-k8s.io InferenceService.serving.kserve.io",
     .depends_on = "spec.storage.nimCache.name>NIMCache.apps.nvidia.com"},
    {.group = "apps.nvidia.com", .kind = "NIMCache", .plural = "nimcaches", .versions = "v1alpha1",
     .posture = KindPosture::Audit, .llm_only = true, .images = "spec.source.ngc.modelPuller",
     .models = "spec.source.hf.modelName spec.source.hf.revision spec.source.dataStore.modelName",
     .environment = "spec.env", .rollout = "spec.source spec.env", .creates = "Job.batch Pod"},

    // ---- NVIDIA Dynamo: v1beta1 has components with pod templates, v1alpha1 a map of services. Grove is what it runs on.
    {.group = "nvidia.com", .kind = "DynamoGraphDeployment", .plural = "dynamographdeployments",
     .versions = "v1beta1 v1alpha1", .llm_only = true,
     .pod_templates = "spec.components[].podTemplate spec.services{*}.extraPodSpec",
     .images = "spec.services{*}.extraPodSpec.mainContainer.image",
     .models = "spec.components[].modelRef.name spec.components[].modelRef.revision spec.services{*}.modelRef.name",
     .arguments = "spec.services{*}.extraPodSpec.mainContainer.command spec.services{*}.extraPodSpec.mainContainer.args",
     .environment = "spec.env spec.envs spec.services{*}.envs spec.services{*}.extraPodSpec.mainContainer.env",
     .rollout = "spec",
     .ignored = "spec.restart spec.components[].replicas spec.components[].scalingAdapter spec.services{*}.replicas "
                "spec.services{*}.autoscaling spec.services{*}.scalingAdapter",
     .creates = "DynamoComponentDeployment.nvidia.com PodCliqueSet.grove.io"},
    {.group = "nvidia.com", .kind = "DynamoComponentDeployment", .plural = "dynamocomponentdeployments",
     .versions = "v1beta1 v1alpha1", .llm_only = true, .pod_templates = "spec.podTemplate spec.extraPodSpec",
     .images = "spec.extraPodSpec.mainContainer.image", .models = "spec.modelRef.name spec.modelRef.revision",
     .arguments = "spec.extraPodSpec.mainContainer.command spec.extraPodSpec.mainContainer.args",
     .environment = "spec.envs spec.extraPodSpec.mainContainer.env", .rollout = "spec",
     .ignored = "spec.replicas spec.autoscaling spec.scalingAdapter",
     .creates = "Deployment.apps LeaderWorkerSet.leaderworkerset.x-k8s.io PodCliqueSet.grove.io"},
    {.group = "grove.io", .kind = "PodCliqueSet", .plural = "podcliquesets", .versions = "v1alpha1",
     .pod_templates = "spec.template.cliques[].spec.podSpec", .rollout = "spec.template",
     .ignored = "spec.template.cliques[].spec.replicas spec.template.cliques[].spec.autoScalingConfig "
                "spec.template.podCliqueScalingGroups[].replicas spec.template.podCliqueScalingGroups[].scaleConfig",
     .creates = "PodClique.grove.io PodCliqueScalingGroup.grove.io"},
    {.group = "grove.io", .kind = "PodCliqueScalingGroup", .plural = "podcliquescalinggroups", .versions = "v1alpha1",
     .posture = KindPosture::Ignore, .creates = "PodClique.grove.io"},
    {.group = "grove.io", .kind = "PodClique", .plural = "podcliques", .versions = "v1alpha1",
     .pod_templates = "spec.podSpec", .rollout = "spec.podSpec", .creates = "Pod"},

    // ---- KAITO: a Workspace has no spec. Its preset can't change on an update, so its creation matters.
    {.group = "kaito.sh", .kind = "Workspace", .plural = "workspaces", .versions = "v1beta1 v1alpha1", .llm_if = "inference",
     .pod_templates = "inference.template", .images = "inference.preset.presetOptions.image inference.adapters[].source.image",
     .models = "inference.preset.name inference.adapters[].source.name",
     .rollout = "inference tuning", .creates = "Deployment.apps StatefulSet.apps Job.batch"},
    {.group = "kaito.sh", .kind = "InferenceSet", .plural = "inferencesets", .versions = "v1beta1 v1alpha1", .llm_only = true,
     .pod_templates = "spec.template.inference.template",
     .images = "spec.template.inference.preset.presetOptions.image spec.template.inference.adapters[].source.image",
     .models = "spec.template.inference.preset.name spec.template.inference.adapters[].source.name",
     .rollout = "spec.template", .creates = "Workspace.kaito.sh"},

    // ---- AIBrix: StormService -> RoleSet -> (PodSet ->) Pods. A ModelAdapter changes what running pods serve.
    {.group = "orchestration.aibrix.ai", .kind = "StormService", .plural = "stormservices", .versions = "v1alpha1",
     .llm_only = true, .pod_templates = "spec.template.spec.roles[].template", .rollout = "spec.template",
     .ignored = "spec.template.spec.roles[].replicas", .creates = "RoleSet.orchestration.aibrix.ai"},
    {.group = "orchestration.aibrix.ai", .kind = "RoleSet", .plural = "rolesets", .versions = "v1alpha1", .llm_only = true,
     .pod_templates = "spec.roles[].template", .rollout = "spec.roles", .ignored = "spec.roles[].replicas",
     .creates = "PodSet.orchestration.aibrix.ai Pod"},
    {.group = "orchestration.aibrix.ai", .kind = "PodSet", .plural = "podsets", .versions = "v1alpha1", .llm_only = true,
     .pod_templates = "spec.template", .rollout = "spec.template", .creates = "Pod"},
    {.group = "model.aibrix.ai", .kind = "ModelAdapter", .plural = "modeladapters", .versions = "v1alpha1", .llm_only = true,
     .models = "spec.baseModel spec.artifactURL", .rollout = "spec", .ignored = "spec.replicas", .selects = "spec.podSelector"},

    // ---- vLLM production-stack.
    {.group = "production-stack.vllm.ai", .kind = "VLLMRuntime", .plural = "vllmruntimes", .versions = "v1alpha1",
     .llm_only = true, .images = "spec.deploymentConfig.image", .models = "spec.model.modelURL",
     .arguments = "spec.vllmConfig.extraArgs", .environment = "spec.vllmConfig.env", .tools = "spec.model.enableTool",
     .rollout = "spec", .ignored = "spec.deploymentConfig.replicas", .creates = "Deployment.apps"},
    {.group = "production-stack.vllm.ai", .kind = "LoraAdapter", .plural = "loraadapters", .versions = "v1alpha1",
     .llm_only = true, .models = "spec.baseModel spec.adapterSource.adapterName spec.adapterSource.adapterPath "
                                 "spec.adapterSource.repository",
     .rollout = "spec.baseModel spec.adapterSource"},

    // ---- ollama-operator: spec.image is the name of a model. Seldon Core v1 and v2. Yatai.
    {.group = "ollama.ayaka.io", .kind = "Model", .plural = "models", .versions = "v1", .llm_only = true,
     .models = "spec.image", .rollout = "spec.image", .creates = "Deployment.apps StatefulSet.apps"},
    {.group = "machinelearning.seldon.io", .kind = "SeldonDeployment", .plural = "seldondeployments",
     .versions = "v1 v1alpha3 v1alpha2",
     .llm_if = "spec.predictors[].graph.parameters[].value=text-generation|text2text-generation|conversational",
     .pod_templates = "spec.predictors[].componentSpecs[]",
     .models = "spec.predictors[].graph.modelUri spec.predictors[].graph.children[].modelUri "
               "spec.predictors[].graph.children[].children[].modelUri",
     .rollout = "spec.predictors",
     .ignored = "spec.predictors[].replicas spec.predictors[].traffic spec.predictors[].componentSpecs[].replicas "
                "spec.predictors[].componentSpecs[].hpaSpec spec.predictors[].componentSpecs[].kedaSpec",
     .creates = "Deployment.apps"},
    {.group = "mlops.seldon.io", .kind = "Model", .plural = "models", .versions = "v1alpha1",
     .llm_if = "spec.llm spec.requirements[]~llm|openai", .models = "spec.storageUri spec.llm.modelRef spec.artifactVersion",
     .rollout = "spec", .ignored = "spec.replicas spec.minReplicas spec.maxReplicas"},
    {.group = "serving.yatai.ai", .kind = "BentoDeployment", .plural = "bentodeployments", .versions = "v2alpha1",
     .pod_templates = "spec.extraPodSpec spec.runners[].extraPodSpec", .models = "spec.bento",
     .environment = "spec.envs spec.runners[].envs", .rollout = "spec",
     .ignored = "spec.autoscaling spec.ingress spec.runners[].autoscaling", .creates = "Deployment.apps"},

    // ---- kagent: which model an Agent asks stands in its ModelConfig.
    {.group = "kagent.dev", .kind = "Agent", .plural = "agents", .versions = "v1alpha2", .llm_only = true,
     .images = "spec.byo.deployment.image spec.declarative.deployment.extraContainers[].image",
     .arguments = "spec.byo.deployment.cmd spec.byo.deployment.args",
     .environment = "spec.byo.deployment.env spec.declarative.deployment.env", .tools = "spec.declarative.tools",
     .rollout = "spec", .ignored = "spec.byo.deployment.replicas spec.declarative.deployment.replicas",
     .creates = "Deployment.apps",
     .depends_on = "spec.declarative.modelConfig>ModelConfig.kagent.dev "
                   "spec.declarative.tools[].mcpServer.name>RemoteMCPServer.kagent.dev "
                   "spec.declarative.tools[].agent.name>Agent.kagent.dev "
                   "spec.declarative.systemMessageFrom.name>ConfigMap"},
    {.group = "kagent.dev", .kind = "ModelConfig", .plural = "modelconfigs", .versions = "v1alpha2",
     .posture = KindPosture::Audit, .llm_only = true, .models = "spec.model", .rollout = "spec"},
    {.group = "kagent.dev", .kind = "RemoteMCPServer", .plural = "remotemcpservers", .versions = "v1alpha2",
     .posture = KindPosture::Audit, .llm_only = true, .rollout = "spec"},

    // ---- agent-sandbox: what is judged is the template; Sandboxes made of one come by the hundred.
    {.group = "agents.x-k8s.io", .kind = "Sandbox", .plural = "sandboxes", .versions = "v1beta1 v1alpha1",
     .pod_templates = "spec.podTemplate", .rollout = "spec.podTemplate", .creates = "Pod"},
    {.group = "extensions.agents.x-k8s.io", .kind = "SandboxTemplate", .plural = "sandboxtemplates",
     .versions = "v1beta1 v1alpha1", .pod_templates = "spec.podTemplate", .rollout = "spec"},
    {.group = "extensions.agents.x-k8s.io", .kind = "SandboxWarmPool", .plural = "sandboxwarmpools",
     .versions = "v1beta1 v1alpha1", .posture = KindPosture::Ignore, .creates = "Sandbox.agents.x-k8s.io Pod",
     .instance_of = "spec.sandboxTemplateRef.name>SandboxTemplate.extensions.agents.x-k8s.io"},
    {.group = "extensions.agents.x-k8s.io", .kind = "SandboxClaim", .plural = "sandboxclaims", .versions = "v1beta1 v1alpha1",
     .posture = KindPosture::Ignore, .creates = "Sandbox.agents.x-k8s.io",
     .instance_of = "spec.warmPoolRef.name>SandboxWarmPool.extensions.agents.x-k8s.io "
                    "spec.sandboxTemplateRef.name>SandboxTemplate.extensions.agents.x-k8s.io"},

    // ---- LangGraph Platform.
    {.group = "apps.langchain.ai", .kind = "LGP", .plural = "lgps", .versions = "v1alpha1", .llm_only = true,
     .images = "spec.serverSpec.image", .environment = "spec.serverSpec.env", .rollout = "spec.serverSpec",
     .ignored = "spec.serverSpec.replicas", .creates = "Deployment.apps StatefulSet.apps"},

    // ---- Routes: which model answers, decided outside of any workload.
    {.group = "inference.networking.k8s.io", .kind = "InferencePool", .plural = "inferencepools", .versions = "v1",
     .posture = KindPosture::Audit, .llm_only = true, .rollout = "spec", .selects = "spec.selector"},
    {.group = "aigateway.envoyproxy.io", .kind = "AIGatewayRoute", .plural = "aigatewayroutes",
     .versions = "v1beta1 v1alpha1", .posture = KindPosture::Audit, .llm_only = true,
     .models = "spec.rules[].backendRefs[].modelNameOverride", .rollout = "spec.rules spec.llmRequestCosts",
     .depends_on = "spec.rules[].backendRefs[].name>InferencePool.inference.networking.k8s.io"},
    // clang-format on
};

}  // namespace

std::span<const Kind> kinds_table() { return rows; }

}  // namespace launchgate
